import { wallDay } from "@/components/calendar/days"
import { zonedInstant } from "@/lib/domain/window/zoned-instant"

const DAY_MS = 86_400_000
export const SHOWN_WEEKS = 5

/** A day on the wall of a zone: midnight as if it were UTC, and the instants between which it lies. */
export interface Day {
  wallMs: number
  startMs: number
  endMs: number
}
export type Week = Day[]

/** The Monday of an instant's week on the wall of a zone, as if it were UTC. */
export function mondayOf(atMs: number, zone: string): number {
  const wallMs = wallDay(atMs, zone)
  return wallMs - ((new Date(wallMs).getUTCDay() + 6) % 7) * DAY_MS
}

/** Weeks of seven days from a Monday on. */
export function weeksFrom(mondayMs: number, zone: string, count = SHOWN_WEEKS): Week[] {
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, n) => {
      const wallMs = mondayMs + (week * 7 + n) * DAY_MS
      return { wallMs, startMs: zonedInstant(wallMs, zone), endMs: zonedInstant(wallMs + DAY_MS, zone) }
    }),
  )
}

export function rangeOf(weeks: readonly Week[]): { fromMs: number; toMs: number } {
  return { fromMs: weeks[0]?.[0]?.startMs ?? 0, toMs: weeks.at(-1)?.at(-1)?.endMs ?? 0 }
}

/** Where an instant lies in a week whose days are equally wide, in percent: 0 at its beginning, 100 at its end. */
export function placeInWeek(week: Week, atMs: number): number {
  const n = week.findIndex(({ endMs }) => atMs < endMs)
  const day = week[n]
  if (!day) return 100
  const share = Math.max(0, (atMs - day.startMs) / (day.endMs - day.startMs))
  return ((n + share) / week.length) * 100
}
