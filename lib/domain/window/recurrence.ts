import { z } from "zod"

/** The part of RFC 5545's RRULE that names days; the time of day comes from the start. */
export interface Recurrence {
  freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY"
  interval: number
  count: number | null
  /** The last start there may be: `wallMs` as the wall shows it, `utcMs` where it was written with a Z. */
  until: { wallMs: number } | { utcMs: number } | null
  /** 0 is Sunday; `nth` counts within the month or the year, negative from its end. */
  byDay: { weekday: number; nth: number | null }[]
  byMonthDay: number[]
  byMonth: number[]
  bySetPos: number[]
  weekStart: number
}

const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const
const KNOWN = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"]
const MOST_INTERVAL = 366
const MOST_COUNT = 1_000

/**
 * Reads RRULE text such as `FREQ=MONTHLY;BYDAY=-1FR`, with or without `RRULE:`. Refused, with a sentence: what recurs within
 * a day, times of day and DTSTART inside the text, parts that calendars rarely agree on, numbers beyond all reason.
 */
export function parseRecurrence(text: string): { ok: true; value: Recurrence } | { ok: false; message: string } {
  const parts = new Map<string, string>()
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    const [name = "", value, ...rest] = part.split("=")
    if (value === undefined || value === "" || rest.length > 0) return no(`“${part}” is no NAME=VALUE`)
    if (!KNOWN.includes(name)) return no(`${name} is not known here; the time of day comes from the start`)
    if (parts.has(name)) return no(`${name} stands there twice`)
    parts.set(name, value)
  }
  const freq = FREQUENCIES.find((each) => each === parts.get("FREQ"))
  if (!freq) return no("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")
  const interval = numbers(parts.get("INTERVAL") ?? "1", 1, MOST_INTERVAL)
  if (interval?.length !== 1) return no(`INTERVAL must be 1 to ${MOST_INTERVAL}`)
  const count = parts.has("COUNT") ? numbers(parts.get("COUNT"), 1, MOST_COUNT) : []
  if (!count || count.length > 1) return no(`COUNT must be 1 to ${MOST_COUNT}`)
  const until = parts.has("UNTIL") ? readUntil(parts.get("UNTIL") ?? "") : null
  if (until === undefined) return no("UNTIL must be 20261231, 20261231T235900 or 20261231T235900Z")
  if (until && count.length > 0) return no("COUNT and UNTIL exclude each other")
  const byDay = readDays(parts.get("BYDAY"))
  if (!byDay) return no("BYDAY must name days as MO, 1MO or -1FR")
  if (byDay.some(({ nth }) => nth !== null) && (freq === "DAILY" || freq === "WEEKLY")) {
    return no("numbered days, as 1MO, need FREQ=MONTHLY or YEARLY")
  }
  const byMonthDay = signed(parts.get("BYMONTHDAY"), 31)
  if (!byMonthDay || (byMonthDay.length > 0 && freq === "WEEKLY")) return no("BYMONTHDAY must be 1 to 31, or negative")
  const byMonth = parts.has("BYMONTH") ? numbers(parts.get("BYMONTH"), 1, 12) : []
  if (!byMonth) return no("BYMONTH must be 1 to 12")
  const bySetPos = signed(parts.get("BYSETPOS"), 366)
  const picks = byDay.length + byMonthDay.length + byMonth.length > 0
  if (!bySetPos || (bySetPos.length > 0 && !picks))
    return no("BYSETPOS must be 1 to 366, or negative, beside another BY")
  if (bySetPos.length > 0 && freq === "WEEKLY") return no("BYSETPOS needs FREQ=MONTHLY or YEARLY")
  const weekStart = DAYS.indexOf(parts.get("WKST") ?? "MO")
  if (weekStart < 0) return no("WKST must be a day, as MO")
  const value = {
    freq,
    interval: interval[0] ?? 1,
    count: count[0] ?? null,
    until,
    byDay,
    byMonthDay,
    byMonth,
    bySetPos,
  }
  return { ok: true, value: { ...value, weekStart } }
}

/** RRULE text that `parseRecurrence` reads. */
export const recurrenceTextSchema = z
  .string()
  .min(1)
  .max(500)
  .superRefine((text, issues) => {
    const read = parseRecurrence(text)
    if (!read.ok) issues.addIssue({ code: "custom", message: read.message })
  })

function no(message: string): { ok: false; message: string } {
  return { ok: false, message }
}

function numbers(text: string | undefined, least: number, most: number): number[] | null {
  const read = (text ?? "").split(",").map((each) => (/^[+-]?\d{1,6}$/.test(each) ? Number(each) : Number.NaN))
  return read.every((each) => each >= least && each <= most) ? read : null
}

function signed(text: string | undefined, most: number): number[] | null {
  if (text === undefined) return []
  const read = numbers(text, -most, most)
  return read && !read.includes(0) ? read : null
}

function readDays(text: string | undefined): Recurrence["byDay"] | null {
  if (text === undefined) return []
  const read = text.split(",").map((each) => {
    const [, nth, day] = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(each) ?? []
    if (!day || (nth !== undefined && (Number(nth) === 0 || Math.abs(Number(nth)) > 53))) return null
    return { weekday: DAYS.indexOf(day), nth: nth === undefined ? null : Number(nth) }
  })
  return read.includes(null) ? null : read.filter((each) => each !== null)
}

function readUntil(text: string): Recurrence["until"] | undefined {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text) ?? []
  if (!year) return undefined
  // A day without a time means all of it.
  const ms = Date.parse(`${year}-${month}-${day}T${hour ?? "23"}:${minute ?? "59"}:${second ?? "59"}Z`)
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) return undefined
  return utc ? { utcMs: ms } : { wallMs: ms }
}
