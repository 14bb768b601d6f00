import type { FreezeRule } from "./freeze"
import { freezesAhead, type Interval, mergeIntervals } from "./freeze-intervals"

/** `until`: ISO instant at which it ends; null where no end is in sight. */
export interface FreezeStatus<T> {
  inForce: { freeze: T; until: string | null }[]
  /** When none is in force any more, those that follow on without a gap counted in. */
  until: string | null
  /** The next that begins and is not in force yet. */
  next: { freeze: T; startsAt: string } | null
}

/** Which freezes are in force at an instant, until when, and which is next. */
export function freezeStatus<T extends { rule: FreezeRule }>(freezes: readonly T[], nowMs: number): FreezeStatus<T> {
  const each = freezes.map((freeze) => ({ freeze, ...freezesAhead(freeze.rule, nowMs) }))
  const endMs = Math.min(...each.map(({ toMs }) => toMs))
  const inForce = each.flatMap(({ freeze, intervals }) => {
    const now = at(intervals, nowMs)
    return now ? [{ freeze, until: inSight(now.endMs, endMs) }] : []
  })
  const all = at(mergeIntervals(each.flatMap(({ intervals }) => intervals)), nowMs)
  let next: { freeze: T; startMs: number } | null = null
  for (const { freeze, intervals } of each) {
    const first = intervals.find(({ startMs }) => startMs > nowMs)
    if (at(intervals, nowMs) || !first) continue
    if (next === null || first.startMs < next.startMs) next = { freeze, startMs: first.startMs }
  }
  return {
    inForce,
    until: all ? inSight(all.endMs, endMs) : null,
    next: next && { freeze: next.freeze, startsAt: new Date(next.startMs).toISOString() },
  }
}

function at(intervals: readonly Readonly<Interval>[], nowMs: number): Readonly<Interval> | undefined {
  return intervals.find(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs)
}

function inSight(atMs: number, endMs: number): string | null {
  return atMs < endMs ? new Date(atMs).toISOString() : null
}
