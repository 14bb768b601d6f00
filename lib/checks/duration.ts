import { z } from "zod"

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const
const PATTERN = /^(\d{1,9})(ms|s|m|h)$/
const LONGEST_MS = 24 * UNIT_MS.h

function read(text: string): number | null {
  const [, digits, unit] = PATTERN.exec(text) ?? []
  return digits && unit ? Number(digits) * UNIT_MS[unit as keyof typeof UNIT_MS] : null
}

/** `500ms`, `30s`, `2m`, `1h`; longer than nothing, at most a day. Stays text, as it was written. */
export const checkDuration = z
  .string()
  .regex(PATTERN, "must be a duration such as 500ms, 30s or 2m")
  .refine((text) => (read(text) ?? 1) > 0, "must be longer than zero")
  .refine((text) => (read(text) ?? 0) <= LONGEST_MS, "must not be longer than a day")

/** A text that `checkDuration` let through, in milliseconds. */
export function checkDurationMs(text: string): number {
  const ms = read(text)
  if (ms === null) throw new RangeError(`"${text}" is no duration`)
  return ms
}

/** The time a check may take: what its config says, within its kind's limit and what is left of the run. */
export function timeLimitMs(wanted: string | undefined, defaultMs: number, longestMs: number): number {
  return Math.min(wanted ? checkDurationMs(wanted) : defaultMs, longestMs)
}

/** For people: `250 ms`, `1.5 s`, `2 min`. */
export function sayDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`
  return `${Number((ms / 60_000).toFixed(1))} min`
}
