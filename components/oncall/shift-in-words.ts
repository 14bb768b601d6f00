import { formatInstant } from "@/lib/client/format"
import type { ShiftView } from "@/lib/contracts/api/oncall"

export function nameOf({ person, overrideId }: ShiftView): string {
  if (!person) return "Nobody"
  return `${person.name}${person.disabled ? " (disabled)" : ""}${overrideId ? ", taken over" : ""}`
}

/** When a shift is. One that is cut off by what is shown goes on: its end is not said as if it were a hand-over. */
export function whenOf({ start, end }: ShiftView, range: { fromMs: number; toMs: number }, zone: string): string {
  const before = Date.parse(start) <= range.fromMs
  const after = Date.parse(end) >= range.toMs
  if (before && after) return "all these weeks"
  if (before) return `until ${formatInstant(end, zone)}`
  return after
    ? `from ${formatInstant(start, zone)} on`
    : `${formatInstant(start, zone)} to ${formatInstant(end, zone)}`
}
