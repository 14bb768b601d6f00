import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { labelOf, shapeOf } from "./json-schema"
import { readJson, readLines, readNumber, readPairs, withSetting, writeJson, writeLines, writePairs } from "./written"

describe("what is written is read again as it was", () => {
  const line = fc.string({ minLength: 1 }).filter((text) => !text.includes("\n"))
  test("lines", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        expect(readLines(writeLines(lines))).toEqual({ ok: true, value: lines })
      }),
    )
  })
  test("pairs", () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/)
    const value = fc.oneof(fc.string(), fc.constantFrom("two\nlines", '"quoted"', '"', "a=b", "\r\n"))
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1 }), (pairs) => {
        expect(readPairs(writePairs(pairs))).toEqual({ ok: true, value: { ...pairs } })
      }),
    )
  })
  test("JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readJson(writeJson(value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) })
      }),
    )
  })
})

test("what cannot be read is said", () => {
  expect(readPairs("no equals sign")).toMatchObject({ ok: false, why: expect.stringContaining("NAME=value") })
  expect(readPairs("A=1\nA=2")).toEqual({ ok: false, why: "A is there twice" })
  expect(readJson("{")).toMatchObject({ ok: false, why: expect.stringContaining("not JSON") })
  expect(readNumber("1e999")).toMatchObject({ ok: false })
  expect(readNumber(" 12 ")).toEqual({ ok: true, value: 12 })
})

test("an empty box is no value", () => {
  for (const read of [readLines, readPairs, readJson, readNumber]) {
    expect(read("")).toEqual({ ok: true, value: undefined })
  }
  expect(withSetting({ a: 1, b: 2 }, "a", undefined)).toEqual({ b: 2 })
  expect(withSetting({ a: 1 }, "b", false)).toEqual({ a: 1, b: false })
})

test.each([
  [{ type: "string" }, "text"],
  [{ type: "string", enum: ["a", "b"] }, "choice"],
  [{ type: "integer" }, "number"],
  [{ type: "boolean" }, "switch"],
  [{ type: "array", items: { type: "string" } }, "lines"],
  [{ type: "array", items: { type: "object" } }, "json"],
  [{ type: "object", additionalProperties: { type: "string" } }, "pairs"],
  [{ type: "object", properties: { a: { type: "string" } } }, "group"],
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, "json"],
])("%j is entered as %s", (schema, shape) => {
  expect(shapeOf(schema)).toBe(shape)
})

test("names in words", () => {
  expect([labelOf("deployTimeoutMs"), labelOf("url"), labelOf("ratePerSecond")]).toEqual([
    "Deploy timeout (ms)",
    "URL",
    "Rate (a second)",
  ])
})
