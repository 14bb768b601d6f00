import type { Rotation, RotationLayer } from "./rotation"

const DAYS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" } as const
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

/** A rotation in a few words: `every week, Monday 09:00 (America/New_York)`. */
export function rotationInWords({ zone, layers }: Rotation): string {
  return `${layers.map(layerInWords).join("; over it ")} (${zone})`
}

function layerInWords({ people, start, shift, hours }: RotationLayer): string {
  const only = hours ? `, only ${hours.days.map((day) => DAYS[day]).join(", ")} ${hours.from}–${hours.to}` : ""
  if (new Set(people).size === 1) return `one person${only || " around the clock"}`
  const unit = shift.unit.slice(0, -1)
  const every = shift.every === 1 ? `every ${unit}` : `every ${shift.every} ${unit}s`
  const weekday = WEEKDAYS[new Date(`${start.slice(0, 10)}T00:00Z`).getUTCDay()]
  const when = { hours: "", days: `, ${start.slice(11)}`, weeks: `, ${weekday} ${start.slice(11)}` }[shift.unit]
  return `${every}${when}${only}`
}
