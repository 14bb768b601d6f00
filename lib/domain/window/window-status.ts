import { offsetMs, wallClock } from "./wall-clock"
import type { DeploymentWindow } from "./window"

/** ISO instants of the next change. Open: `closesAt` (null: never). Closed: `opensAt` (null: not within two weeks). */
export interface WindowStatus {
  open: boolean
  opensAt: string | null
  closesAt: string | null
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
// A week holds every weekday; the second is for a window that the clock's change swallows whole in the first.
const HORIZON_MS = 15 * DAY_MS
const SAMPLE_MS = 12 * HOUR_MS

/** Whether deployments may start at this instant: half-open, by what a clock on the wall of the zone shows. */
export function isWindowOpen(window: DeploymentWindow, atMs: number): boolean {
  const { weekday, minute } = wallClock(atMs, window.zone)
  return window.days.includes(weekday) && minutes(window.start) <= minute && minute < minutes(window.end)
}

export function windowStatus(window: DeploymentWindow, nowMs: number): WindowStatus {
  const open = isWindowOpen(window, nowMs)
  const changesAtMs = possibleChanges(window, nowMs).find((atMs) => isWindowOpen(window, atMs) !== open)
  const at = changesAtMs === undefined ? null : new Date(changesAtMs).toISOString()
  return open ? { open, opensAt: null, closesAt: at } : { open, opensAt: at, closesAt: null }
}

/**
 * Every instant after now at which the answer may change, in order: the wall shows the start, the end or midnight, or the
 * clock itself is changed. More than those do no harm, because each is asked.
 */
function possibleChanges(window: DeploymentWindow, nowMs: number): number[] {
  const { offsets, changes } = offsetsAhead(window.zone, nowMs)
  const candidates = new Set(changes)
  const firstMidnight = Math.floor(wallClock(nowMs, window.zone).asUtcMs / DAY_MS) * DAY_MS
  for (let midnight = firstMidnight; midnight <= firstMidnight + HORIZON_MS; midnight += DAY_MS) {
    for (const minute of [0, minutes(window.start), minutes(window.end)]) {
      // With each offset, since around a change the same time of day may come twice or not at all.
      for (const offset of offsets) candidates.add(midnight + minute * 60_000 - offset)
    }
  }
  return [...candidates].filter((atMs) => atMs > nowMs).sort((a, b) => a - b)
}

function offsetsAhead(zone: string, nowMs: number): { offsets: Set<number>; changes: number[] } {
  const changes: number[] = []
  let last = offsetMs(nowMs, zone)
  const offsets = new Set([last])
  for (let atMs = nowMs; atMs < nowMs + HORIZON_MS; atMs += SAMPLE_MS) {
    const next = offsetMs(atMs + SAMPLE_MS, zone)
    if (next !== last) changes.push(changeBetween(zone, atMs, atMs + SAMPLE_MS, last))
    offsets.add(next)
    last = next
  }
  return { offsets, changes }
}

/** The first whole second at which the offset is no longer `before`. */
function changeBetween(zone: string, fromMs: number, toMs: number, before: number): number {
  let low = Math.floor(fromMs / 1_000)
  let high = Math.ceil(toMs / 1_000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(middle * 1_000, zone) === before) low = middle
    else high = middle
  }
  return high * 1_000
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number)
  return hours * 60 + rest
}
