import type { FreezeRule } from "./freeze"
import { parseRecurrence } from "./recurrence"
import { recurringDays } from "./recurring-days"
import { zonedInstant } from "./zoned-instant"

/** Half-open, epoch milliseconds. */
export interface Interval {
  startMs: number
  endMs: number
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** How far ahead one looks: further than any freeze is long. */
const SIGHT_MS = 450 * DAY_MS

const kept = new WeakMap<FreezeRule, Ahead>()
interface Ahead {
  fromMs: number
  intervals: readonly Readonly<Interval>[]
  /** What begins from here on was not looked at. */
  toMs: number
}

/**
 * A rule's freezes from the hour of `nowMs` on, merged. Kept for that hour, as long as the rule's value lives: an open
 * browser asks each second.
 */
export function freezesAhead(rule: FreezeRule, nowMs: number): Ahead {
  const fromMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  const known = kept.get(rule)
  if (known?.fromMs === fromMs) return known
  const toMs = fromMs + SIGHT_MS
  const ahead = { fromMs, intervals: mergeIntervals(freezeIntervals(rule, fromMs, toMs)), toMs }
  kept.set(rule, ahead)
  return ahead
}

/** All of a rule's freezes that overlap `[fromMs, toMs)`, by their start. They may overlap one another. */
export function freezeIntervals(rule: FreezeRule, fromMs: number, toMs: number): Interval[] {
  return wallIntervals(rule, fromMs, toMs)
    .map(([start, end]) => ({ startMs: zonedInstant(start, rule.zone), endMs: zonedInstant(end, rule.zone) }))
    .filter(({ startMs, endMs }) => startMs < endMs && startMs < toMs && endMs > fromMs)
}

/** Overlapping and touching ones made one, in order. */
export function mergeIntervals(intervals: readonly Readonly<Interval>[]): Interval[] {
  const merged: Interval[] = []
  for (const { startMs, endMs } of intervals.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1)
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else merged.push({ startMs, endMs })
  }
  return merged
}

/** Starts and ends as the wall shows them, read as if it were UTC; a few that do not overlap may be among them. */
function wallIntervals(rule: FreezeRule, fromMs: number, toMs: number): [number, number][] {
  if (rule.kind === "once") return [[wall(rule.start), wall(rule.end)]]
  if (rule.kind === "dates") {
    // No wall is further from UTC than a day.
    return [...new Set(rule.dates)]
      .map((date): [number, number] => [wall(`${date}T00:00`), wall(`${date}T00:00`) + DAY_MS])
      .filter(([start]) => start > fromMs - 3 * DAY_MS && start < toMs + 2 * DAY_MS)
      .sort(([a], [b]) => a - b)
  }
  const read = parseRecurrence(rule.rrule)
  if (!read.ok) return []
  const start = wall(rule.start)
  const startDay = Math.floor(start / DAY_MS)
  const timeOfDayMs = start - startDay * DAY_MS
  const lengthMs = rule.durationMinutes * MINUTE_MS
  const { until } = read.value
  const days = recurringDays(read.value, {
    startDay,
    fromDay: Math.floor((fromMs - lengthMs) / DAY_MS) - 2,
    toDay: Math.floor(toMs / DAY_MS) + 2,
    ...(until && "wallMs" in until ? { last: Math.floor((until.wallMs - timeOfDayMs) / DAY_MS) } : {}),
  })
  const skipped = new Set(rule.except?.map((date) => wall(`${date}T00:00`) / DAY_MS))
  return days
    .filter((day) => !skipped.has(day))
    .map((day): [number, number] => [day * DAY_MS + timeOfDayMs, day * DAY_MS + timeOfDayMs + lengthMs])
    .filter(([begins]) => !(until && "utcMs" in until && zonedInstant(begins, rule.zone) > until.utcMs))
}

function wall(local: string): number {
  return Date.parse(`${local}:00Z`)
}
