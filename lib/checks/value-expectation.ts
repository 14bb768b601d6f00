import { z } from "zod"
import { short } from "./answer"
import { checkPattern } from "./pattern"
import type { Expectation, PatternAnswer } from "./ports"
import { shortPrintable } from "./printable"

const BYTES = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 } as const
const NUMBER = /^[+-]?(\d{1,400}(\.\d{1,400})?|\.\d{1,400})(e[+-]?\d{1,3})?$/i
const SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s?(B|KB|MB|GB|TB)$/i

/** A number of a text such as `12`, `1.5` or `500MB` (of 1024 KB each); null if it is none. */
function limitOf(text: string): string | null {
  const plain = text.trim()
  if (NUMBER.test(plain)) return plain
  const [, digits, unit] = SIZE.exec(plain) ?? []
  return digits && unit ? String(Math.round(Number(digits) * BYTES[unit.toUpperCase() as keyof typeof BYTES])) : null
}

const numberOrSize = z.union([
  z.number(),
  z
    .string()
    .min(1)
    .max(200)
    .refine((text) => text.includes("{{") || limitOf(text) !== null, "must be a number or a size such as 500MB"),
])

/** Whole numbers of things that are counted. */
export const countLimits = z
  .strictObject({
    equals: z.int().min(0).max(1_000_000_000).optional().describe("Exactly so many."),
    atLeast: z.int().min(0).max(1_000_000_000).optional().describe("So many or more."),
    atMost: z.int().min(0).max(1_000_000_000).optional().describe("So many or fewer."),
    below: z.int().min(1).max(1_000_000_000).optional().describe("Fewer than this."),
    above: z.int().min(0).max(1_000_000_000).optional().describe("More than this."),
  })
  .refine(saysSomething, "must expect something")
export type CountLimits = z.infer<typeof countLimits>

/** What may be expected of one value. */
export const valueFields = {
  equals: z
    .union([z.string().max(10_000), z.number(), z.boolean(), z.null()])
    .optional()
    .describe("A number is compared as a number, text as text; `null`: there is no value."),
  matches: checkPattern.optional(),
  above: numberOrSize.optional().describe("More than this number or size."),
  atLeast: numberOrSize.optional().describe("This number or size, or more."),
  below: numberOrSize.optional().describe("A number, or a size such as 500MB (1 KB is 1024 bytes)."),
  atMost: numberOrSize.optional().describe("This number or size, or less."),
}
const valueExpectation = z.strictObject(valueFields)
export type ValueExpectation = z.infer<typeof valueExpectation>

export const valueLimits = valueExpectation.refine(saysSomething, "must expect something")

export function saysSomething(expect: object): boolean {
  return Object.values(expect).some((value) => value !== undefined)
}

const RANGES = [
  { key: "above", words: "above", holds: (order: number) => order > 0 },
  { key: "atLeast", words: "at least", holds: (order: number) => order >= 0 },
  { key: "below", words: "below", holds: (order: number) => order < 0 },
  { key: "atMost", words: "at most", holds: (order: number) => order <= 0 },
] as const

/** `equals "ok"`, `below 1GB`: one sentence part for each thing that is expected. */
export function sayValueExpectation({ equals, matches, ...ranges }: ValueExpectation): string[] {
  return [
    ...(equals === undefined ? [] : [`equals ${shown(equals)}`]),
    ...(matches === undefined ? [] : [`matches ${short(matches, 80)}`]),
    ...RANGES.flatMap(({ key, words }) =>
      ranges[key] === undefined ? [] : [`${words} ${short(`${ranges[key]}`, 60)}`],
    ),
  ]
}

const shown = (value: string | number | boolean | null) =>
  value === null ? "nothing" : short(String(value), 80) || '""'

/**
 * One expectation for each thing that is expected of a value, which comes as text (numbers that no float can hold among
 * them) or is null. What moves within a range is no change. Throws an Error in words where a limit is no number.
 */
export function judgeValue(
  what: string,
  expect: ValueExpectation,
  actual: string | null,
  match: (pattern: string, text: string) => PatternAnswer,
): Expectation[] {
  const { equals, matches } = expect
  const found = actual === null ? "nothing" : shortPrintable(actual) || '""'
  const judgements: Expectation[] = []
  if (equals !== undefined) {
    judgements.push({ what, expected: shown(equals), actual: found, ok: isEqual(equals, actual) })
  }
  if (matches !== undefined) {
    const answer = actual === null ? { matched: false } : match(matches, actual)
    if ("error" in answer) throw new Error(`${what}: ${answer.error}`)
    judgements.push({ what, expected: `matches ${short(matches)}`, actual: found, ok: answer.matched, volatile: true })
  }
  for (const { key, words, holds } of RANGES) {
    const wanted = expect[key]
    if (wanted === undefined) continue
    const limit = limitOf(String(wanted))
    if (limit === null) throw new Error(`${what}: "${short(String(wanted), 60)}" is no number`)
    const number = actual !== null && NUMBER.test(actual.trim()) ? actual.trim() : null
    const ok = number !== null && holds(compareNumbers(number, limit))
    const said = number === null && actual !== null ? `${found}, which is no number` : found
    judgements.push({ what, expected: `${words} ${wanted}`, actual: said, ok, volatile: true })
  }
  return judgements
}

function isEqual(wanted: string | number | boolean | null, actual: string | null): boolean {
  if (wanted === null || actual === null) return wanted === actual
  if (typeof wanted !== "number") return String(wanted) === actual
  return NUMBER.test(actual.trim()) && compareNumbers(actual.trim(), String(wanted)) === 0
}

/** Exact for whole numbers of any size. */
function compareNumbers(one: string, other: string): number {
  const whole = /^[+-]?\d+$/
  if (whole.test(one) && whole.test(other)) {
    const [a, b] = [BigInt(one.replace("+", "")), BigInt(other.replace("+", ""))]
    return a === b ? 0 : a < b ? -1 : 1
  }
  const [a, b] = [Number(one), Number(other)]
  return a === b ? 0 : a < b ? -1 : 1
}

/** Counts, which are plain numbers; the verdict is what counts, not the figure. */
export function judgeCount(what: string, limits: CountLimits, count: number, unit = ""): Expectation[] {
  const never = () => ({ matched: false, excerpt: null })
  const say = (text: string) => (unit ? `${text} ${unit}` : text)
  return judgeValue(what, limits, String(count), never).map(({ expected, actual, ...rest }) => ({
    ...rest,
    expected: say(expected),
    actual: say(actual),
  }))
}

/** The number to be drawn as a limit in a metric, if there is exactly one. */
export function onlyLimit(limits: CountLimits): { limit?: number } {
  const given = [limits.atMost, limits.below, limits.atLeast, limits.above, limits.equals].filter(
    (limit) => limit !== undefined,
  )
  return given.length === 1 && given[0] !== undefined ? { limit: given[0] } : {}
}
