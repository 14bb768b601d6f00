import { z } from "zod"

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const PATTERN = /^(\d{1,12})(ms|s|m|h|d)$/
const LONGEST_MS = 365 * UNIT_MS.d

/** `5m`, `30s`, `24h`, `250ms`, `3d` in milliseconds. Throws a RangeError on anything else, and past one year. */
export function durationMs(text: string): number {
  const ms = readDuration(text)
  if (ms === null) throw new RangeError(`"${text}" is no duration: write a whole number and ms, s, m, h or d`)
  if (ms > LONGEST_MS) throw new RangeError(`"${text}" is longer than one year`)
  return ms
}

/** Whether `a` is the longer one. Texts that are no durations are not compared: they are refused elsewhere. */
export function isLonger(a: string, b: string): boolean {
  return (readDuration(a) ?? Number.NaN) > (readDuration(b) ?? Number.NaN)
}

function readDuration(text: string): number | null {
  const [, digits, unit] = PATTERN.exec(text) ?? []
  return digits && unit ? Number(digits) * UNIT_MS[unit as keyof typeof UNIT_MS] : null
}

/** A duration of at least nothing: `0s` is allowed. Stays text, so that a file is written back as it was read. */
export const durationOrZero = z
  .string()
  .regex(PATTERN, "must be a duration such as 30s, 5m or 24h")
  .refine((text) => (readDuration(text) ?? 0) <= LONGEST_MS, "must not be longer than one year")

/** A duration longer than nothing. */
export const duration = durationOrZero.refine((text) => readDuration(text) !== 0, "must be longer than zero")
