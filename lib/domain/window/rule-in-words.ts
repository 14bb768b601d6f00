import type { FreezeRule } from "./freeze"
import { parseRecurrence } from "./recurrence"

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
const UNITS = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const

/** When a freeze holds, in a few words: `every week on Friday, 16:00 for 8 h (America/New_York)`. */
export function ruleInWords(rule: FreezeRule): string {
  if (rule.kind === "once") return `${spaced(rule.start)} to ${spaced(rule.end)} (${rule.zone})`
  if (rule.kind === "dates") {
    const dates = rule.dates.toSorted()
    const shown = dates.slice(0, 3).join(", ")
    return `${dates.length > 3 ? `${shown} and ${dates.length - 3} more days` : shown} (${rule.zone})`
  }
  const { start, durationMinutes, zone } = rule
  return `${recurrenceInWords(rule.rrule)}, ${start.slice(11)} for ${lengthInWords(durationMinutes)} (${zone})`
}

function recurrenceInWords(text: string): string {
  const read = parseRecurrence(text)
  if (!read.ok) return text
  const { freq, interval, byDay, byMonthDay, byMonth, bySetPos, count, until } = read.value
  // What is rarer than this is shown as it was written.
  if (byMonth.length > 0 || count !== null || until || bySetPos.some((place) => place !== -1)) return text
  const every = interval === 1 ? `every ${UNITS[freq]}` : `every ${interval} ${UNITS[freq]}s`
  if (byDay.some(({ nth }) => nth !== null && nth !== -1) || (byMonthDay.length > 0 && byDay.length > 0)) return text
  if (byMonthDay.length > 0) return `${every} on day ${byMonthDay.join(", ")}`
  if (byDay.length === 0) return every
  const names = byDay.map(({ weekday }) => DAYS[weekday]).join(", ")
  const last = bySetPos.length > 0 || byDay.some(({ nth }) => nth === -1)
  return `${every} on ${last ? `the last ${names}` : names}`
}

function lengthInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 ? `${hours} h` : "", rest > 0 ? `${rest} min` : ""].filter(Boolean).join(" ")
}

function spaced(local: string): string {
  return local.replace("T", " ")
}
