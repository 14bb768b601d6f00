import { z } from "zod"

const OPERATORS = ["<=", ">=", "<", ">"] as const
export type Operator = (typeof OPERATORS)[number]

const COMPARISON = /^(<=|>=|<|>)\s*(\S.*)$/
const NUMBER = /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d{1,3})?$/i
const SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s?(B|KB|MB|GB)$/i
const BYTES = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const

export interface Comparison {
  operator: Operator
  limit: number
  /** As it was written, spaces made even: `< 2000`. */
  said: string
}

/** Whether a text is meant as a comparison and not as itself. */
export function looksLikeComparison(text: string): boolean {
  return /^[<>]/.test(text)
}

/** `< 2000`, `>= 1`, and of sizes `< 500KB` (a KB is 1024 bytes). Null if it is none. */
export function parseComparison(text: string): Comparison | null {
  const [, operator, rest = ""] = COMPARISON.exec(text.trim()) ?? []
  const limit = numberOf(rest.trim())
  if (!operator || limit === null) return null
  return { operator: operator as Operator, limit, said: `${operator} ${rest.trim()}` }
}

/** A text that a schema let through, once its placeholders are filled in. Throws an Error in words. */
export function comparisonOf(text: string): Comparison {
  const comparison = parseComparison(text)
  if (!comparison) throw new Error(`"${text.slice(0, 60)}" is no comparison such as "< 2000"`)
  return comparison
}

/** The number that a text stands for: `12`, `1.5`, `500KB`. Null if it is none. */
export function numberOf(text: string): number | null {
  if (NUMBER.test(text)) return Number.isFinite(Number(text)) ? Number(text) : null
  const [, digits, unit] = SIZE.exec(text) ?? []
  return digits && unit ? Math.round(Number(digits) * BYTES[unit.toUpperCase() as keyof typeof BYTES]) : null
}

/** What is not a number is on no side of a limit. */
export function holds(operator: Operator, value: number, limit: number): boolean {
  if (operator === "<") return value < limit
  if (operator === "<=") return value <= limit
  return operator === ">" ? value > limit : value >= limit
}

/** A comparison with a number, such as `< 2000`. */
export const comparisonText = z
  .string()
  .max(200)
  .regex(/^\s*(<=|>=|<|>)\s*\S/, 'must begin with an operator, such as "< 2000"')
  .refine((text) => text.includes("{{") || parseComparison(text) !== null, 'must be such as "< 2000"')
