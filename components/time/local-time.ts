import { instantOfWallClock } from "@/lib/domain/window/instant-of-wall-clock"
import { wallClock } from "@/lib/domain/window/wall-clock"

/** What a `datetime-local` field shows for an instant on the wall clock of a zone: `2026-11-24T09:30`. */
export function localTimeOf(atMs: number, zone: string): string {
  return new Date(wallClock(atMs, zone).asUtcMs).toISOString().slice(0, 16)
}

/** The ISO instant that such a field means in a zone. Null while it is half typed. */
export function instantOfLocalTime(local: string, zone: string): string | null {
  try {
    return new Date(instantOfWallClock(local, zone)).toISOString()
  } catch {
    return null
  }
}
