import { describe, expect, test } from "vitest"
import type { z } from "zod"
import { addEvidenceRequest, addFileQuery, createTokenRequest, patchItemRequest, putSecretRequest } from "./requests"

function faults(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value)
  return [...new Set(error?.issues.map(({ path }) => path.join(".")))]
}

describe("values that cannot be meant are refused by field", () => {
  const instants = [
    "0000-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
    "2026-11-23",
    "2026-11-23T10:00:00",
    "Infinity",
    "-000001-01-01T00:00:00Z",
    "+275760-09-13T00:00:00.001Z",
    "1e308",
    1e308,
    Number.POSITIVE_INFINITY,
    -1,
  ]
  test.each(instants)("dueAt %s", (dueAt) => {
    expect(faults(patchItemRequest, { revision: 0, dueAt })).toEqual(["dueAt"])
  })
  test.each(instants)("evidence found out at %s", (at) => {
    expect(faults(addEvidenceRequest, { summary: "x", at })).toEqual(["at"])
  })

  test.each([-1, 0.5, Number.POSITIVE_INFINITY, Number.NaN, 1e308, "1", 2 ** 53])("revision %s", (revision) => {
    expect(faults(patchItemRequest, { revision, state: "passed" })).toEqual(["revision"])
  })
  test.each(["-1", "1e400", "NaN", "Infinity", "0x", "1.5"])("revision in a query: %s", (revision) => {
    expect(faults(addFileQuery, { name: "a.txt", revision })).toEqual(["revision"])
  })
  test.each([0, -1, 367, 1e308, Number.POSITIVE_INFINITY, 1.5])("a token for %s days", (expiresInDays) => {
    expect(faults(createTokenRequest, { name: "ci", scopes: ["read"], expiresInDays })).toEqual(["expiresInDays"])
  })
})

describe("text that tricks its reader is refused by field", () => {
  test.each(["a\u0000b", "a\ud800b", "a\u202eb", "a\u2066b", "x".repeat(401)])("%j", (summary) => {
    expect(faults(addEvidenceRequest, { summary })).toEqual(["summary"])
  })
  test.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host", "http://", "https://a b"])(
    "link %s",
    (link) => {
      expect(faults(addEvidenceRequest, { summary: "x", link })).toEqual(["link"])
    },
  )
  test("unknown fields, and those of the prototype", () => {
    expect(addEvidenceRequest.safeParse({ summary: "x", outcome: "passed", state: "waived" }).success).toBe(false)
    expect(
      addEvidenceRequest.safeParse(JSON.parse('{"summary":"x","__proto__":{"outcome":"passed"}}')).data?.outcome,
    ).toBe(undefined)
    expect(putSecretRequest.safeParse({ value: "a\u0000" }).success).toBe(false)
  })
})
