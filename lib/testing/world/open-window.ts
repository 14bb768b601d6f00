import { DateTime } from "luxon"

/** How far to move the console's clock so that it reads Tuesday 11:00 in New York, inside the sample playbook's window. */
export function offsetIntoWindow(nowMs: number): number {
  const now = DateTime.fromMillis(nowMs, { zone: "America/New_York" })
  let tuesday = now.set({ weekday: 2, hour: 11, minute: 0, second: 0, millisecond: 0 })
  if (tuesday < now) tuesday = tuesday.plus({ weeks: 1 })
  return tuesday.toMillis() - nowMs
}
