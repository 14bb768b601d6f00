import { instantOfWallClock } from "./instant-of-wall-clock"
import { offsetMs } from "./wall-clock"

const DAY_MS = 86_400_000
const MOST_KEPT = 20_000
const offsets = new Map<string, number>()

/** What the wall shows (read as if it were UTC), as an instant: like `instantOfWallClock`, and quick for hundreds of days. */
export function zonedInstant(wallMs: number, zone: string): number {
  const day = Math.floor(wallMs / DAY_MS)
  // No zone changes its clock twice within three days: equal on both sides, it did not change between.
  const before = offsetOfDay(day - 1, zone)
  if (before === offsetOfDay(day + 2, zone)) return wallMs - before
  return instantOfWallClock(new Date(wallMs).toISOString().slice(0, 19), zone)
}

function offsetOfDay(day: number, zone: string): number {
  const key = `${zone} ${day}`
  let known = offsets.get(key)
  if (known === undefined) {
    if (offsets.size >= MOST_KEPT) offsets.clear()
    known = offsetMs(day * DAY_MS, zone)
    offsets.set(key, known)
  }
  return known
}
