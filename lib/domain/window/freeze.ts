import { z } from "zod"
import { recurrenceTextSchema } from "./recurrence"
import { isZone } from "./window"

const DAY_MS = 86_400_000
/** No freeze is longer in one piece: what never ends is no freeze but a decision to stop. */
const LONGEST_DAYS = 400

const inRange = (text: string) => {
  const year = Number(text.slice(0, 4))
  return year >= 2000 && year < 2100
}
const exists = (day: string) => {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
export const localDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date as 2026-12-24")
  .refine((day) => inRange(day) && exists(day), "is no day of this century")
/** What a clock on the wall shows, to the minute: `2026-12-24T18:00`. */
export const localTimeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, "must be a date and time as 2026-12-24T18:00")
  .refine((text) => inRange(text) && exists(text.slice(0, 10)), "is no day of this century")
const zone = z.string().max(60).refine(isZone, "is no time zone as America/New_York")
const wallMs = (text: string) => Date.parse(`${text}:00Z`)

const once = z
  .strictObject({ kind: z.literal("once"), start: localTimeSchema, end: localTimeSchema, zone })
  .refine(({ start, end }) => start < end, { path: ["end"], message: "must be after the start" })
  .refine(({ start, end }) => wallMs(end) - wallMs(start) <= LONGEST_DAYS * DAY_MS, {
    path: ["end"],
    message: `must be within ${LONGEST_DAYS} days of the start`,
  })
const recurring = z.strictObject({
  kind: z.literal("recurring"),
  /** The earliest start, whose time of day all have. */
  start: localTimeSchema,
  durationMinutes: z
    .int()
    .min(1)
    .max(31 * 1_440),
  rrule: recurrenceTextSchema,
  zone,
  /** Days on which it does not begin. */
  except: z.array(localDateSchema).max(400).optional(),
})
const dates = z.strictObject({ kind: z.literal("dates"), dates: z.array(localDateSchema).min(1).max(400), zone })

/**
 * When nothing is deployed. All times are what a clock on the wall of an IANA zone shows, and half-open, `[start, end)`:
 * - a start or end that comes twice (clocks go back) is the earlier one;
 * - one that never comes (clocks go forward) is the moment at which the clock jumps over it;
 * - lengths are of the wall's clock: a freeze of a day is a day that may have 23 or 25 hours.
 */
export const freezeRuleSchema = z.discriminatedUnion("kind", [once, recurring, dates])
export type FreezeRule = z.infer<typeof freezeRuleSchema>

/** A freeze as the gate sees it. */
export interface Freeze {
  id: string
  name: string
  reason: string
  by: string
  rule: FreezeRule
  /** When it was made or last changed. */
  changedAt: string
}
export const freezeSchema = z.object({
  id: z.string(),
  name: z.string(),
  reason: z.string(),
  by: z.string(),
  rule: freezeRuleSchema,
  changedAt: z.string(),
})
