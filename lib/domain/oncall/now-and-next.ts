import type { Override, Rotation, Shift } from "./rotation"
import { shiftsBetween } from "./shifts-between"

const DAY_MS = 86_400_000
/** Looked at in turn until somebody else is found: most hand-overs are near, and a year may have thousands of shifts. */
const SIGHTS_MS = [8 * DAY_MS, 60 * DAY_MS, 400 * DAY_MS]

export interface NowAndNext {
  now: Shift
  /** From then on somebody else is called, or nobody. Null: no such moment is in sight. */
  next: Shift | null
}

/** Who is called at an instant, and who then. Several shifts of one person in a row are no hand-over. */
export function nowAndNext(rotation: Rotation, overrides: readonly Override[], atMs: number): NowAndNext {
  let now: Shift = { startMs: atMs, endMs: atMs + 1, personId: null, overrideId: null }
  for (const sightMs of SIGHTS_MS) {
    const [first = now, ...later] = shiftsBetween(rotation, overrides, atMs, atMs + sightMs)
    now = first
    const next = later.find(({ personId }) => personId !== first.personId)
    if (next) return { now, next }
  }
  return { now, next: null }
}
