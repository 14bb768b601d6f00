import { formatInstant } from "@/lib/client/format"
import { instantOfWallClock } from "@/lib/domain/window/instant-of-wall-clock"
import { wallClock } from "@/lib/domain/window/wall-clock"
import { zonedInstant } from "@/lib/domain/window/zoned-instant"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface TakeOverSpan {
  key: "tonight" | "shift" | "hours" | "other"
  label: string
  /** Null: from now on. */
  startMs: number | null
  endMs: number
}

/** What people mean most when they take over, on their own wall clock. */
export function takeOverSpans(nowMs: number, handOverMs: number | null, zone: string): TakeOverSpan[] {
  const onWallMs = wallClock(nowMs, zone).asUtcMs
  const midnight = Math.floor(onWallMs / DAY_MS) * DAY_MS
  const hour = (onWallMs - midnight) / HOUR_MS
  const early = hour < 6
  const evening = zonedInstant(midnight + 18 * HOUR_MS, zone)
  const morning = zonedInstant(midnight + (early ? 9 : 33) * HOUR_MS, zone)
  return [
    {
      key: "tonight",
      label: early || hour >= 18 ? "Now, until 09:00" : "Tonight, 18:00 to 09:00",
      startMs: early || hour >= 18 ? null : evening,
      endMs: morning,
    },
    ...(handOverMs === null
      ? []
      : [{ key: "shift" as const, label: "Now, until the next hand-over", startMs: null, endMs: handOverMs }]),
    { key: "hours", label: "Now, for four hours", startMs: null, endMs: nowMs + 4 * HOUR_MS },
  ]
}

/** What stands in two `datetime-local` fields, as instants; null where they say none. */
export function spanOfFields(from: string, until: string, zone: string): TakeOverSpan | null {
  try {
    const [startMs, endMs] = [instantOfWallClock(from, zone), instantOfWallClock(until, zone)]
    return startMs < endMs ? { key: "other", label: "Other times", startMs, endMs } : null
  } catch {
    return null
  }
}

/** An instant as a `datetime-local` field takes it. */
export function fieldOf(atMs: number, zone: string): string {
  return new Date(wallClock(atMs, zone).asUtcMs).toISOString().slice(0, 16)
}

export function spanInWords({ startMs, endMs }: TakeOverSpan, zone: string): string {
  const end = formatInstant(new Date(endMs).toISOString(), zone)
  return startMs === null ? `now to ${end}` : `${formatInstant(new Date(startMs).toISOString(), zone)} to ${end}`
}
