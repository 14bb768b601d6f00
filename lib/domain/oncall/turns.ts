import { wallClock } from "@/lib/domain/window/wall-clock"
import { weekdays } from "@/lib/domain/window/window"
import { zonedInstant } from "@/lib/domain/window/zoned-instant"
import type { RotationLayer } from "./rotation"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const UNIT_MS = { hours: HOUR_MS, days: DAY_MS, weeks: 7 * DAY_MS }

/**
 * Turns are counted on the wall, so that 09:00 stays 09:00 when clocks change: the turn of that day is an hour shorter or
 * longer. One that lies wholly in the hour that never comes is empty.
 */
export function turnStart({ start, shift }: RotationLayer, turn: number, zone: string): number {
  return zonedInstant(Date.parse(`${start}:00Z`) + turn * shift.every * UNIT_MS[shift.unit], zone)
}

/** Which turn it is. Negative: it has not begun. */
export function turnAt(layer: RotationLayer, atMs: number, zone: string): number {
  const { start, shift } = layer
  const onWallMs = wallClock(atMs, zone).asUtcMs - Date.parse(`${start}:00Z`)
  let turn = Math.floor(onWallMs / (shift.every * UNIT_MS[shift.unit]))
  // Clocks that went back show a time before the hand-over again: it is done once, at the first.
  while (atMs >= turnStart(layer, turn + 1, zone)) turn++
  return turn
}

export function personOfTurn({ people }: RotationLayer, turn: number): string | null {
  return turn < 0 ? null : (people[turn % people.length] ?? null)
}

type Hours = NonNullable<RotationLayer["hours"]>

/** The stretches of a layer's hours that overlap `[fromMs, toMs)`, in order and not cut off; they may touch. */
export function hoursBetween(hours: Hours, zone: string, fromMs: number, toMs: number): [number, number][] {
  const begins = minuteOfDay(hours.from)
  const ends = minuteOfDay(hours.to)
  const lengthMs = (ends > begins ? ends - begins : ends - begins + 1_440) * 60_000
  const stretches: [number, number][] = []
  // No wall is further from UTC than a day, and a stretch is at most a day long.
  for (let day = Math.floor(fromMs / DAY_MS) - 2; day <= Math.floor(toMs / DAY_MS) + 1; day++) {
    const weekday = weekdays[(((day + 3) % 7) + 7) % 7]
    if (!weekday || !hours.days.includes(weekday)) continue
    const wallMs = day * DAY_MS + begins * 60_000
    const [startMs, endMs] = [zonedInstant(wallMs, zone), zonedInstant(wallMs + lengthMs, zone)]
    if (startMs < endMs && startMs < toMs && endMs > fromMs) stretches.push([startMs, endMs])
  }
  return stretches
}

function minuteOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
