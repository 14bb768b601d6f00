import { runInNewContext } from "node:vm"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { matchPattern } from "@/lib/server/checks/match-pattern"
import type { HttpAnswer } from "../ports"
import { answerExpectation } from "./expect-schema"
import { whyNoJsonPath } from "./json-path-syntax"
import { judgeJson } from "./judge-json"
import { queryJson } from "./query-json"
import { sameJson } from "./same-json"

const ANSWER = {
  ...{ status: "ok", version: "1.2.0", latency_ms: 12, ratio: 0.5, "a.b": null, count: "5", tags: ["x", "y"] },
  items: [
    { id: 1, state: "good" },
    { id: 2, state: "good" },
    { id: 3, state: "bad" },
  ],
}
const judge = (json: unknown, body = JSON.stringify(ANSWER)) => {
  const parsed = answerExpectation.parse({ json }).json
  const answer: HttpAnswer = { status: 200, headers: {}, body, url: "http://x/", redirects: [], tookMs: 1 }
  return judgeJson(parsed, answer, matchPattern).map(
    ({ what, expected, actual, ok }) => `${ok ? "ok" : "bad"} ${what}: ${expected} / ${actual}`,
  )
}

describe("both notations", () => {
  test("say the same", () => {
    const list = [
      { path: "$.status", equals: "ok" },
      { path: "$.items", length: ">= 1" },
      { path: "$.latency_ms", "<": 200 },
      { path: "$.version", matches: "^1\\." },
      { path: "$.error", exists: false },
    ]
    const map = {
      "$.status": "ok",
      "$.items": { length: ">= 1" },
      "$.latency_ms": "< 200",
      "$.version": { matches: "^1\\." },
      "$.error": { exists: false },
    }
    expect(judge(map)).toEqual(judge(list))
    expect(judge(map).every((line) => line.startsWith("ok"))).toBe(true)
  })

  test.each([
    [{ "$.status": "broken" }, 'bad $.status: "broken" / "ok"'],
    [{ "$.count": 5 }, 'bad $.count: 5 / "5"'],
    [{ "$.latency_ms": "12" }, 'bad $.latency_ms: "12" / 12'],
    [{ "$.latency_ms": "< 12" }, "bad $.latency_ms: < 12 / 12"],
    [{ "$.latency_ms": "<= 12" }, "ok $.latency_ms: <= 12 / 12"],
    [{ "$.latency_ms": ">12" }, "bad $.latency_ms: > 12 / 12"],
    [{ "$.ratio": ">= 0.51" }, "bad $.ratio: >= 0.51 / 0.5"],
    [{ "$.count": "> 4" }, 'bad $.count: > 4 / "5", which is no number'],
    [{ "$.nothing": "> 4" }, "bad $.nothing: > 4 / missing"],
    [{ "$['a.b']": null }, "ok $['a.b']: null / null"],
    [{ "$.status": null }, 'bad $.status: null / "ok"'],
    [{ "$.nothing": null }, "bad $.nothing: null / missing"],
    [{ "$.tags": ["x"] }, 'bad $.tags: ["x"] / ["x","y"]'],
    [{ "$.items[0]": { equals: { state: "good", id: 1 } } }, expect.stringMatching(/^ok/)],
    [{ "$.status": { not: "ok" } }, 'bad $.status: not "ok" / "ok"'],
    [{ "$.nothing": { not: "ok" } }, 'bad $.nothing: not "ok" / missing'],
    [{ "$.status": { exists: false } }, "bad $.status: missing / there"],
    [{ "$.nothing": { exists: true } }, "bad $.nothing: there / missing"],
    [{ "$.tags": { contains: "z" } }, 'bad $.tags: contains "z" / ["x","y"]'],
    [{ "$.tags": { contains: "y" } }, 'ok $.tags: contains "y" / ["x","y"]'],
    [{ "$.version": { contains: ".2." } }, 'ok $.version: contains ".2." / "1.2.0"'],
    [{ "$.latency_ms": { contains: "1" } }, 'bad $.latency_ms: contains "1" / 12'],
    [{ "$.items": { length: 2 } }, "bad $.items: a length of 2 / 3"],
    [{ "$.items": { length: "< 3" } }, "bad $.items: a length of < 3 / 3"],
    [{ "$.status": { length: 2 } }, expect.stringMatching(/^ok/)],
    [{ "$.latency_ms": { length: 2 } }, "bad $.latency_ms: a length of 2 / 12, which has no length"],
    [{ "$.latency_ms": { type: "integer" } }, "ok $.latency_ms: of type integer / 12"],
    [{ "$.ratio": { type: "integer" } }, "bad $.ratio: of type integer / 0.5"],
    [{ "$.tags": { type: "object" } }, 'bad $.tags: of type object / ["x","y"]'],
    [{ "$['a.b']": { type: "object" } }, "bad $['a.b']: of type object / null"],
    [{ "$.version": { matches: "^2" } }, 'bad $.version: matches ^2 / "1.2.0"'],
    [{ "$.version": { matches: "(.+)+~" } }, expect.stringMatching(/^bad/)],
    [{ "$.items[*].state": "good" }, 'bad $.items[*].state: "good" / "bad" (1 of 3)'],
    [{ "$.items[*].id": "> 0" }, "ok $.items[*].id: > 0 / so in all 3"],
    [{ "$.items[*].name": "x" }, 'bad $.items[*].name: "x" / missing'],
    [{ "$.items[?@.state == 'bad']": { exists: false } }, "bad $.items[?@.state == 'bad']: missing / there"],
    [{ "$.items[?@.state == 'bad']": { count: 0 } }, "bad $.items[?@.state == 'bad']: found 0 times / found 1 times"],
    [{ "$.items[?@.id > 1]": { count: ">= 2" } }, "ok $.items[?@.id > 1]: found >= 2 times / found 2 times"],
  ])("%j", (json, words) => {
    expect(judge(json)).toEqual([words])
  })

  test("a body that is no JSON is nothing that was expected, not even nothing", () => {
    for (const json of [{ "$.a": 1 }, { "$.a": { exists: false } }, { "$.a": { count: 0 } }]) {
      expect(judge(json, "<html>")).toEqual([expect.stringMatching(/^bad \$\.a: .* \/ the body is no JSON$/)])
    }
  })

  test("too many values are not looked at one by one", () => {
    const body = JSON.stringify(Array.from({ length: 5_000 }, () => "x"))
    expect(() => judge({ "$[*]": { matches: "x" } }, body)).toThrow("finds 5000 values")
    expect(judge({ "$[*]": { count: 5_000 } }, body)[0]).toMatch(/^ok/)
  })
})

describe("settings", () => {
  test.each([
    [{ "$.a": "< many" }, "begins with an operator but is no comparison"],
    [{ "$.a": {} }, "must say what is expected"],
    [[{ path: "$.a" }], "must say what is expected"],
    [{ "$.a": { bigger: 5 } }, "bigger"],
    [{ "$.a": { ">": "many" } }, "must be a number"],
    [{ status: "ok" }, "must begin with $"],
    [{ "$.items[?match(@.a, '(a+)+b')]": { exists: true } }, "not allowed in a path"],
    [{ "$.a[": 1 }, "is not understood"],
  ])("%j do not fit", (json, words) => {
    const parsed = answerExpectation.safeParse({ json })
    expect(JSON.stringify(parsed.error?.issues)).toContain(words)
  })

  test("placeholders fit, as they stand and filled in", () => {
    const json = { "$.a": "< {{env.vars.LIMIT}}", "$.b": "{{release.version}}", "$.c": { ">": "{{env.vars.LEAST}}" } }
    expect(answerExpectation.safeParse({ json }).success).toBe(true)
    expect(judge({ "$.latency_ms": { ">": "11.5" } })).toEqual(["ok $.latency_ms: > 11.5 / 12"])
  })
})

describe("paths", () => {
  const value: unknown = JSON.parse(
    '{"a": {"b c": [10, {"x.y": "deep"}], "it\'s": 1, "n": null}, "0": "zero", "__proto__": {"own": true}}',
  )

  test.each([
    ["$.a['b c'][0]", [10]],
    ["$.a['b c'][-1]['x.y']", ["deep"]],
    ['$["a"]["it\'s"]', [1]],
    ["$['a']['it\\'s']", [1]],
    ["$.a.n", [null]],
    ["$['0']", ["zero"]],
    ["$.__proto__.own", [true]],
    ["$..['x.y']", ["deep"]],
    ["$.a['b c'][0:1]", [10]],
    ["$.a['b c'][?@ == 10]", [10]],
    ["$.a['b c','n'][0]", [10]],
  ])("%s", (path, wanted) => {
    expect(whyNoJsonPath(path)).toBeNull()
    expect(queryJson(value, path).values).toEqual(wanted)
  })

  test.each([
    "$.nothing",
    "$.a.constructor",
    "$.a['b c'].length",
    "$.a['b c'][9]",
    "$.a['b c']['0']",
    "$[0]",
    "$.a.n.x",
  ])("%s finds nothing", (path) => expect(queryJson(value, path)).toEqual({ values: [], isOne: true }))

  test.each(["a.b", "$.", "$[", "$ .a", "$.a-b", "$[a]", "$['a]", "$.['a']", "$[01]", "$[?]", "$...a", "$a"])(
    "%s is not understood",
    (path) => expect(whyNoJsonPath(path)).not.toBeNull(),
  )

  test("what is wrong in a filter is found when it is asked", () => {
    expect(() => queryJson(value, "$[?@.a ==]")).toThrow(/"\$\[\?@\.a ==\]" cannot be read/)
    expect(() => queryJson(value, "$[?nothing(@.a)]")).toThrow(/cannot be read/)
  })

  test("no pattern runs in a path, in whatever way it is written", () => {
    for (const path of ["$[?match(@, 'a')]", "$[?search (@, 'a')]", "$[?!(search(@.x, @.y))]"]) {
      expect(() => queryJson(value, path)).toThrow("not allowed")
    }
    expect(queryJson({ a: "match(" }, "$[?@ == 'match(']").values).toEqual(["match("])
  })

  test("a path that takes years ends in time", () => {
    const wide = { list: Array.from({ length: 3_000 }, (_, index) => ({ index, list: [index, index] })) }
    const beganMs = performance.now()
    expect(() => queryJson(wide, "$..[?count($..*) > 1]")).toThrow("took longer than 300 ms")
    expect(performance.now() - beganMs).toBeLessThan(5_000)
    expect(queryJson(wide, "$.list[0].index").values).toEqual([0])
  })

  test("any text is read or refused in words", () => {
    const part = fc.constantFrom(
      "$",
      ".",
      "..",
      "*",
      "[",
      "]",
      "'a'",
      '"b"',
      "a",
      "0",
      "-1",
      ":",
      ",",
      "?",
      "@",
      "==",
      "(",
      ")",
      " ",
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const path = `$${parts.join("")}`
        try {
          expect(Array.isArray(queryJson(value, path).values)).toBe(true)
        } catch (error) {
          expect((error as Error).message).toContain(path.slice(0, 5))
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("equality", () => {
  test("of anything with itself, written and read, names in any order", () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : value !== null && typeof value === "object"
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, part]) => [name, reversed(part)]),
            )
          : value
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        expect(sameJson(value, reversed(JSON.parse(JSON.stringify(value))))).toBe(true)
        expect(sameJson(value, runInNewContext(`JSON.parse(text)`, { text: JSON.stringify(value) }))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test("is as strict as the text that both have", () => {
    const canonical = (value: unknown): string =>
      JSON.stringify(value, (_, part: unknown) =>
        part !== null && typeof part === "object" && !Array.isArray(part)
          ? Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))
          : part,
      )
    const small = fc.jsonValue({ maxDepth: 1 })
    const plain = fc.oneof(fc.constantFrom(0, 1, "0", "1", "", null, true, [], {}, [0], { a: 0 }, { a: "0" }), small)
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        const isList = (value: unknown) => Array.isArray(value) || value === null || typeof value !== "object"
        fc.pre(isList(one) === isList(other) || canonical(one) !== canonical(other))
        expect(sameJson(one, other)).toBe(canonical(one) === canonical(other))
      }),
    )
  })

  test.each([
    [1, "1"],
    [0, false],
    [null, undefined],
    [[], {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: 1 }],
  ])("%j is not %j", (one, other) => {
    expect(sameJson(one, other)).toBe(false)
    expect(sameJson(other, one)).toBe(false)
  })
})
