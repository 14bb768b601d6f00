import { z } from "zod"
import { localTimeSchema } from "@/lib/domain/window/freeze"
import { isZone, weekdays } from "@/lib/domain/window/window"

export const shiftUnits = ["hours", "days", "weeks"] as const
const MOST_UNITS = { hours: 24 * 14, days: 366, weeks: 52 }

const hoursSchema = z.strictObject({
  /** The days on which it begins. */
  days: z.array(z.enum(weekdays)).min(1, "needs a day").max(7),
  /** `HH:MM`. */
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time as 09:00"),
  /** `HH:MM` up to 24:00; not after `from`: it is meant on the day after. */
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time as 17:00"),
})

const layerSchema = z.strictObject({
  /** One after the other, and then from the beginning. Somebody may come more than once in a round. */
  people: z.array(z.uuid("must be a person's id")).min(1, "needs somebody").max(50),
  /** The first shift's beginning on the wall of the rota's zone. Its time of day is when days and weeks are handed over. */
  start: localTimeSchema,
  shift: z
    .strictObject({ every: z.int().min(1, "must be 1 or more"), unit: z.enum(shiftUnits) })
    .refine(({ every, unit }) => every <= MOST_UNITS[unit], { path: ["every"], message: "is longer than a year" }),
  /** Null: around the clock. */
  hours: hoursSchema.nullable().default(null),
})

/**
 * Who is called when, by the wall clock of a zone. Where a later layer applies, it takes over from those before it.
 */
export const rotationSchema = z.strictObject({
  zone: z.string().max(60).refine(isZone, "is no time zone as America/New_York"),
  layers: z.array(layerSchema).min(1, "needs a layer").max(8),
})
export type Rotation = z.infer<typeof rotationSchema>
export type RotationLayer = Rotation["layers"][number]

/** Somebody takes hours over. Half-open. In a list of them the later one wins. */
export interface Override {
  id: string
  personId: string
  startMs: number
  endMs: number
}

export interface OnCall {
  /** Null: nobody. */
  personId: string | null
  /** Null: it is the rotation's turn. */
  overrideId: string | null
}

/** Half-open, epoch milliseconds. */
export interface Shift extends OnCall {
  startMs: number
  endMs: number
}

/** Everybody whom a rotation names, each once. */
export function peopleOf({ layers }: Rotation): string[] {
  return [...new Set(layers.flatMap(({ people }) => people))]
}
