import type { Recurrence } from "./recurrence"

/** A day as the number of days since 1 January 1970. */
export type DayNumber = number

const DAY_MS = 86_400_000

/**
 * The days of `[fromDay, toDay]` on which a recurrence that begins on `startDay` falls, in order. The first day counts only
 * where the rule names it. The work is bounded by the span from the start to `toDay`, whatever the rule says: a rule that
 * never falls on any day costs no more than one that falls on each.
 */
export function recurringDays(
  rule: Recurrence,
  { startDay, fromDay, toDay, last }: { startDay: DayNumber; fromDay: DayNumber; toDay: DayNumber; last?: DayNumber },
): DayNumber[] {
  const whole = withDefaults(rule, startDay)
  const end = Math.min(toDay, last ?? toDay)
  const days: DayNumber[] = []
  // Counted ones are counted from the first; others can be entered anywhere.
  let period = rule.count === null && fromDay > startDay ? periodsBetween(whole, startDay, fromDay) - 1 : 0
  period = Math.max(0, period - (period % rule.interval))
  for (let left = rule.count ?? Number.POSITIVE_INFINITY; left > 0; period += rule.interval) {
    const [first, length] = periodAt(whole, startDay, period)
    if (first > end) break
    const named = picked(whole, first, length).filter((day) => day >= startDay && day <= end)
    for (const day of named.slice(0, left)) if (day >= fromDay) days.push(day)
    left -= named.length
  }
  return days
}

/** What the start says where the rule is silent. */
function withDefaults(rule: Recurrence, startDay: DayNumber): Recurrence {
  if (rule.byDay.length > 0 || rule.byMonthDay.length > 0) return rule
  const { month, date, weekday } = partsOf(startDay)
  if (rule.freq === "WEEKLY") return { ...rule, byDay: [{ weekday, nth: null }] }
  if (rule.freq === "DAILY") return rule
  const byMonth = rule.freq === "YEARLY" && rule.byMonth.length === 0 ? [month] : rule.byMonth
  return { ...rule, byMonth, byMonthDay: [date] }
}

/** How many periods lie between the one of the start and the one of a day. */
function periodsBetween(rule: Recurrence, startDay: DayNumber, day: DayNumber): number {
  const [from, to] = [partsOf(startDay), partsOf(day)]
  if (rule.freq === "DAILY") return day - startDay
  if (rule.freq === "WEEKLY") return Math.floor((day - weekOf(rule, startDay)) / 7)
  const months = (to.year - from.year) * 12 + to.month - from.month
  return rule.freq === "MONTHLY" ? months : to.year - from.year
}

/** The first day of a period and its length in days. */
function periodAt(rule: Recurrence, startDay: DayNumber, period: number): [DayNumber, number] {
  if (rule.freq === "DAILY") return [startDay + period, 1]
  if (rule.freq === "WEEKLY") return [weekOf(rule, startDay) + period * 7, 7]
  const { year, month } = partsOf(startDay)
  const monthly = rule.freq === "MONTHLY"
  const first = monthly ? dayOf(year, month + period) : dayOf(year + period, 1)
  return [first, (monthly ? dayOf(year, month + period + 1) : dayOf(year + period + 1, 1)) - first]
}

function picked(rule: Recurrence, first: DayNumber, length: number): DayNumber[] {
  const days: DayNumber[] = []
  for (let day = first; day < first + length; day++) if (isNamed(rule, day)) days.push(day)
  if (rule.bySetPos.length === 0) return days
  const places = new Set(rule.bySetPos.map((place) => (place > 0 ? place - 1 : days.length + place)))
  return days.filter((_, place) => places.has(place))
}

function isNamed(rule: Recurrence, day: DayNumber): boolean {
  const { year, month, date, weekday } = partsOf(day)
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return false
  const monthLength = dayOf(year, month + 1) - dayOf(year, month)
  if (rule.byMonthDay.length > 0 && !rule.byMonthDay.some((n) => (n > 0 ? n : monthLength + n + 1) === date))
    return false
  if (rule.byDay.length === 0) return true
  const withinYear = rule.freq === "YEARLY" && rule.byMonth.length === 0
  const [first, length] = withinYear
    ? [dayOf(year, 1), dayOf(year + 1, 1) - dayOf(year, 1)]
    : [dayOf(year, month), monthLength]
  const fromStart = Math.floor((day - first) / 7) + 1
  const fromEnd = -Math.floor((first + length - 1 - day) / 7) - 1
  return rule.byDay.some(
    (each) => each.weekday === weekday && (each.nth === null || each.nth === fromStart || each.nth === fromEnd),
  )
}

function weekOf(rule: Recurrence, day: DayNumber): DayNumber {
  return day - ((partsOf(day).weekday - rule.weekStart + 7) % 7)
}

function dayOf(year: number, month: number): DayNumber {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}

function partsOf(day: DayNumber) {
  const date = new Date(day * DAY_MS)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: date.getUTCDay(),
  }
}
