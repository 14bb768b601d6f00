import { z } from "zod"
import { comparisonText, looksLikeComparison, numberOf, parseComparison } from "../comparison"
import { checkPattern } from "../pattern"
import { jsonPath } from "./json-path-syntax"

export const JSON_TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"] as const

const numeric = z.union([
  z.number(),
  z
    .string()
    .min(1)
    .max(200)
    .refine((text) => text.includes("{{") || numberOf(text.trim()) !== null, "must be a number"),
])
const amount = z.union([z.int().min(0), comparisonText])

const comparisons = {
  equals: z.json().optional().describe('The value itself: `5` is a number, `"5"` a text.'),
  not: z.json().optional().describe("There is a value, and it is another one."),
  exists: z.boolean().optional().describe("Whether there is such a value at all. The value itself is not shown."),
  matches: checkPattern.optional(),
  contains: z.json().optional().describe("Part of a text, or one entry of a list."),
  ">": numeric.optional().describe("A number above this one."),
  ">=": numeric.optional().describe("This number at least."),
  "<": numeric.optional().describe("A number below this one."),
  "<=": numeric.optional().describe("This number at most."),
  length: amount.optional().describe('Of a list, a text, or the names of an object: `3` or `">= 1"`.'),
  count: amount.optional().describe("How many values the path finds."),
  type: z.enum(JSON_TYPES).optional().describe("What kind of value it is."),
}

function saysSomething(value: object): boolean {
  return Object.entries(value).some(([name, part]) => name !== "path" && part !== undefined)
}
const NOTHING_SAID = "must say what is expected, such as `equals` or `exists`"

const inList = z
  .strictObject({ path: jsonPath.describe("For example `$.status` or `$.items[0]['a.b']`."), ...comparisons })
  .refine(saysSomething, NOTHING_SAID)
export type JsonExpectation = z.infer<typeof inList>

const shortForm = z
  .string()
  .max(10_000)
  .refine(
    (text) => !looksLikeComparison(text) || text.includes("{{") || parseComparison(text) !== null,
    "begins with an operator but is no comparison; for the text itself write `equals`",
  )

const inMap = z.union([
  z.strictObject(comparisons).refine(saysSomething, NOTHING_SAID),
  shortForm,
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.json()),
])

export const jsonExpectations = z
  .union([
    z.array(inList).max(50),
    z.record(jsonPath, inMap).refine((map) => Object.keys(map).length <= 50, "must not have more than 50 paths"),
  ])
  .describe(
    'Values of a JSON answer by JSONPath (RFC 9535): `{ "$.status": ok, "$.items": { length: ">= 1" } }`, or as a list. ' +
      "A text that begins with `<` or `>` is a comparison. Where a path finds several values, all of them must be so.",
  )
export type JsonExpectations = z.infer<typeof jsonExpectations>

/** Both notations as one list. */
export function listJsonExpectations(json: JsonExpectations | undefined): JsonExpectation[] {
  if (json === undefined) return []
  if (Array.isArray(json)) return json
  return Object.entries(json).map(([path, wanted]): JsonExpectation => {
    if (typeof wanted === "string" && looksLikeComparison(wanted)) {
      const comparison = parseComparison(wanted)
      // Before its placeholders are filled in, a limit is only a text.
      const [, operator = "<", rest = ""] = /^([<>]=?)\s*(.*)$/s.exec(wanted) ?? []
      return { path, [comparison?.operator ?? operator]: comparison?.limit ?? rest }
    }
    if (wanted !== null && typeof wanted === "object" && !Array.isArray(wanted)) return { path, ...wanted }
    return { path, equals: wanted }
  })
}
