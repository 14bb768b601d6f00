import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { withoutBreaks } from "@/lib/server/secrets/redaction/secret-forms"
import { REDACTED, Redactor } from "./redact"

const SECRET = `p"ss w<ö>rd/1+&'x`
const PEM = `-----BEGIN PRIVATE KEY-----\n${["MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"].join("\n")}\n-----END PRIVATE KEY-----\n`

/** How programs write a text down, written anew with what the platform offers and not with what the redactor uses. */
const writings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  "json in json": (text) => JSON.stringify(JSON.stringify({ text })),
  "ascii json": (text) =>
    JSON.stringify(text).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  component: (text) => encodeURIComponent(text),
  "lower component": (text) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  "whole address": (text) => encodeURI(text),
  form: (text) => new URLSearchParams({ text }).toString(),
  query: (text) => new URL(`http://h/?q=${text.replaceAll("#", "").replaceAll("\t", "")}`).search,
  hex: (text) => Buffer.from(text).toString("hex"),
  "upper hex": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  html: (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  base64: (text) => Buffer.from(text).toString("base64"),
  "basic header": (text) => Buffer.from(`user:${text}`).toString("base64"),
  "deep in base64": (text) => Buffer.from(`{"ab":"${text}"}`).toString("base64url"),
  "base64 in lines of 64": (text) => inLines(Buffer.from(`xx${text}yy`).toString("base64"), 64),
  "base64 in lines of 76": (text) => inLines(Buffer.from(`x${text}`).toString("base64"), 76, "\r\n"),
}

function inLines(text: string, columns: number, newline = "\n"): string {
  return (text.match(new RegExp(`.{1,${columns}}`, "g")) ?? []).join(newline)
}

describe.each([
  ["a password", SECRET],
  ["a token", "ghp_0123456789abcdefABCDEF"],
  ["four characters", "x7$q"],
  ["a key", PEM],
  ["a long one", Array.from({ length: 90 }, (_, i) => `part-${i * 7919}`).join("")],
])("%s", (_, secret) => {
  const redactor = new Redactor(["something else", secret])
  test.each(Object.entries(writings))("%s", (name, write) => {
    if (name === "query" && /[#\t\n]/.test(secret)) return expect(redactor.text(secret)).toContain(REDACTED)
    const written = write(secret)
    const out = redactor.text(`before ${written} after`)
    expect(out).toContain(REDACTED)
    expect(out).toMatch(/^before .*after$/s)
    // What base64 writes of the neighbours and quotes stay; of the secret there is nothing as long as this.
    const core = withoutBreaks(written)
    for (let at = 3; at + 14 < core.length - 14; at += 1) {
      expect(withoutBreaks(out).includes(core.slice(at, at + 14)) && !/^[{"text:\\]+/.test(core.slice(at))).toBe(false)
    }
  })
})

test("fields and values of JSON; the console's own words stay what they are", () => {
  const redactor = new Redactor([SECRET, "text", "passed", "good"])
  expect(redactor.value({ a: [SECRET, 1, null], [SECRET]: true })).toEqual({ a: [REDACTED, 1, null], [REDACTED]: true })
  const block = { type: "text", text: "It passed", title: "good" }
  expect(redactor.value(block)).toEqual({ type: "text", text: `It ${REDACTED}`, title: REDACTED })
  expect(redactor.value({ type: "link", label: "x", url: "http://passed/" })).toMatchObject({
    url: "https://redacted.invalid/",
  })
})

test("a secret that begins like another one leaves nothing behind; short texts are no secrets", () => {
  expect(new Redactor(["token", "token-two"]).text("token-two token")).toBe(`${REDACTED} ${REDACTED}`)
  expect(new Redactor(["", "ab", "   ", "\n\n\nab"]).text("ab ab")).toBe("ab ab")
})

test("the lines of a key by themselves, and a line that was broken in its middle", () => {
  const redactor = new Redactor([PEM])
  expect(redactor.text("| MIIEvQIBADANBgkqhkiG9w0BAQEFAASC |")).toBe(`| ${REDACTED} |`)
  expect(redactor.text("-----BEGIN PRIVATE KEY-----\nanother one")).toBe("-----BEGIN PRIVATE KEY-----\nanother one")
  expect(new Redactor(["correct-horse"]).text("a corr\nect-ho\r\nrse b")).toBe(`a ${REDACTED} b`)
})

test("the beginning of a secret that was cut off goes as well, everything shorter stays", () => {
  const redactor = new Redactor(["correct-horse-battery"])
  for (const end of ["", "…", "... (20 more)", "\n"]) {
    expect(redactor.text(`it is correct-horse${end}`)).toBe(`it is ${REDACTED}${end}`)
  }
  expect(redactor.text("it is correct")).toBe("it is correct")
  expect(redactor.text("correct-horse is one thing")).toBe("correct-horse is one thing")
  expect(redactor.text("correct-horse-batt and so on")).toBe(`${REDACTED} and so on`)
  expect(redactor.text("…t-horse-battery")).toBe(`…${REDACTED}`)
})

test("what cannot be a secret any more is not held back; what may be is not held for ever", () => {
  const seen: string[] = []
  const stream = new Redactor(["secret"]).stream((text) => seen.push(text))
  for (const piece of ["line\n", "sec", "ond\n", "sec"]) stream.push(piece)
  expect(seen).toEqual(["line\n", "second\n"])
  stream.push("\n".repeat(20))
  expect(seen.join("")).toBe(`line\nsecond\nsec${"\n".repeat(20)}`)
  stream.push("sec")
  stream.end()
  expect(seen.at(-1)).toBe("sec")
})

test("on two outputs by turns, each keeps its own, and neither half of a secret gets out", () => {
  const anyWrite = fc.tuple(
    fc.constantFrom("out", "err"),
    fc.string({ unit: fc.constantFrom(..."secret-w. \n"), maxLength: 6 }),
  )
  const seen = (writes: [string, string][], redactor = new Redactor(["secret-word"])) => {
    const each: Record<string, string> = { out: "", err: "" }
    const streams = redactor.streams((source: string, text) => {
      each[source] += text
    })
    for (const [source, text] of writes) streams.write(source, text)
    streams.end()
    return each
  }
  expect(
    seen([
      ["out", "a sec"],
      ["err", "ret-word b"],
    ]),
  ).toEqual({ out: `a ${REDACTED}`, err: `${REDACTED} b` })
  expect(
    seen([
      ["out", "a secret"],
      ["err", "no\n"],
      ["out", "-word b"],
    ]),
  ).toEqual({ out: `a ${REDACTED} b`, err: "no\n" })
  const pieces = ["secret", "elsewhere", "-word", "\n"].map((text, i) => ({ stream: i % 2 ? "err" : "out", text }))
  expect(new Redactor(["secret-word"]).joined(pieces)).toBe(`${REDACTED}elsewhere\n`)
  expect(new Redactor([]).joined(pieces)).toBe("secretelsewhere-word\n")
  expect(new Redactor(["tel!", "rd\n!"]).joined(pieces)).toBe("secretelsewhere-word\n")
  fc.assert(
    fc.property(fc.array(anyWrite), (writes) => {
      const given = seen(writes, new Redactor([]))
      expect(seen(writes, new Redactor(["secre!!", "t-wor!!"]))).toEqual(given)
      expect(Object.values(seen(writes)).join("\n")).not.toContain("secret-word")
    }),
  )
})

/** Few letters, so that secrets overlap, begin and end like each other. */
const letters = fc.string({
  unit: fc.constantFrom("a", "b", "a", "b", '"', "%", "\\", "+", "é"),
  minLength: 4,
  maxLength: 12,
})
const anySecret = fc.oneof(
  letters,
  fc.string({ unit: "binary", minLength: 4, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..."$^.*+?()[]{}|\\/-\n\r \"'&<>%"), minLength: 5, maxLength: 30 }),
  fc.string({ unit: "grapheme", minLength: 4, maxLength: 300 }),
)
const secretsOf = fc
  .array(anySecret, { minLength: 1, maxLength: 4 })
  .chain((list) =>
    fc.constantFrom(list, [...list, list.join("")], [...list, `${list[0]}${list[0]}`, `${list[0]}`.slice(1)]),
  )

test("no form of a secret survives, whatever is around it and wherever it is cut", () => {
  fc.assert(
    fc.property(
      secretsOf,
      fc.array(
        fc.tuple(fc.nat(), fc.constantFrom(...Object.keys(writings)), fc.string({ unit: "binary", maxLength: 6 })),
        {
          maxLength: 6,
        },
      ),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
      (given, parts, cuts) => {
        const secrets = given.map((one) => one.toWellFormed()).filter((one) => one.replace(/\s/g, "").length >= 4)
        if (secrets.length === 0) return
        const whole = parts
          .map(([n, name, between]) => `${writings[name]?.(secrets[n % secrets.length] ?? "")}${between}`)
          .join("")
        const redactor = new Redactor(secrets)
        let out = ""
        const stream = redactor.stream((text) => {
          out += text
        })
        let at = 0
        for (const cut of cuts) {
          stream.push(whole.slice(at, at + cut))
          at += cut
        }
        stream.push(whole.slice(at))
        stream.end()
        expect(out).toBe(redactor.text(whole))
        const left = withoutBreaks(out.replaceAll(REDACTED, "\ue000"))
        for (const secret of secrets) {
          for (const name of ["plain", "json", "component", "form", "hex", "html"] as const) {
            const form = withoutBreaks(writings[name]?.(secret.trim()).replace(/^text=/, "") ?? "")
            expect(left.includes(form), `${name} of ${JSON.stringify(secret)} in ${JSON.stringify(left)}`).toBe(false)
          }
          const bytes = Buffer.from(secret.trim())
          // Whoever decodes a run of base64 that is left finds no secret in it.
          for (const run of left.match(/[A-Za-z0-9+/_-]{6,}/g) ?? []) {
            for (const from of [0, 1, 2, 3]) expect(Buffer.from(run.slice(from), "base64").includes(bytes)).toBe(false)
          }
        }
      },
    ),
    { numRuns: 400 },
  )
})

test("a text without secrets passes unchanged and complete, however it is cut", () => {
  // Each secret ends in a character that the text does not have, so that the text is full of beginnings and of nothing else.
  const beginning = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 4, maxLength: 6 })
  fc.assert(
    fc.property(
      fc.array(beginning.map((text) => `${text}!`)),
      fc.array(fc.string({ unit: fc.constantFrom(..."abcabc \n\r…."), maxLength: 12 })),
      (secrets, pieces) => {
        let out = ""
        const stream = new Redactor(secrets).stream((text) => {
          out += text
        })
        for (const piece of pieces) stream.push(piece)
        stream.end()
        expect(out).toBe(pieces.join(""))
      },
    ),
    { numRuns: 300 },
  )
})

test("with fifty secrets, long output is gone through in linear time", () => {
  const secrets = Array.from({ length: 50 }, (_, i) => `ghp_${(i * 7_919_777).toString(36)}${"Zk3".repeat(10)}${i}`)
  const redactor = new Redactor([...secrets, "a".repeat(5_000), `${"a".repeat(300)}b`])
  const log = `2026-11-23T10:00:00Z INFO GET /api/ping 200 3 ms request=8f1c token=ghp_none https://postd.example\n`
  for (const line of [log, "a".repeat(97), "ghp_"]) {
    const text = line.repeat(Math.ceil((4 * 1024 * 1024) / line.length))
    const began = performance.now()
    redactor.text(text)
    const perSecond = text.length / 1024 / 1024 / ((performance.now() - began) / 1000)
    // An order of magnitude below what a quiet machine does: quadratic work would be thousands of times slower.
    expect(perSecond).toBeGreaterThan(2)
  }
})

test("two outputs that show the same secrets by turns, in pieces of any size, save no stretch of them", () => {
  const letters = fc.stringMatching(/^[A-Za-z0-9+/]{64}$/)
  const key = fc
    .tuple(letters, letters)
    .map(([a, b]) => `-----BEGIN PRIVATE KEY-----\n${a}\n${b}\n-----END PRIVATE KEY-----\n`)
  const token = fc.stringMatching(/^ghp_[a-f0-9]{32}$/)
  const sizes = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 60 })), { minLength: 30, maxLength: 80 })
  fc.assert(
    fc.property(key, token, sizes, (signingKey, plain, turns) => {
      const secrets = [signingKey, plain]
      const told = secrets.map((one) => `Error: ${one}\nelsewhere\n${one}`).join("")
      const left = { out: told, err: told }
      const shown = { out: "", err: "" }
      const streams = new Redactor(secrets).streams<"out" | "err">((source, text) => {
        shown[source] += text
      })
      const write = (source: "out" | "err", chars: number) => {
        streams.write(source, left[source].slice(0, chars))
        left[source] = left[source].slice(chars)
      }
      for (const [isOut, chars] of turns) write(isOut ? "out" : "err", chars)
      write("out", told.length)
      write("err", told.length)
      streams.end()
      const lines = secrets.flatMap((one) => one.split("\n").filter((line) => line && !line.startsWith("---")))
      for (const line of lines) {
        for (let at = 0; at + 13 <= line.length; at += 1) {
          const stretch = line.slice(at, at + 13)
          expect([shown.out.includes(stretch), shown.err.includes(stretch)]).toEqual([false, false])
        }
      }
      expect(shown.out).toContain("Error: ")
    }),
    { numRuns: 60 },
  )
})
