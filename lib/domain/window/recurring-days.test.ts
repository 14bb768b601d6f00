import fc from "fast-check"
import { RRule } from "rrule"
import { describe, expect, it, vi } from "vitest"
import { parseRecurrence, type Recurrence } from "./recurrence"
import { recurringDays } from "./recurring-days"

vi.setConfig({ testTimeout: 120_000 })
const DAY_MS = 86_400_000
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS

function read(text: string): Recurrence {
  const answer = parseRecurrence(text)
  if (!answer.ok) throw new Error(answer.message)
  return answer.value
}
const dates = (text: string, start: string, from: string, to: string) =>
  recurringDays(read(text), { startDay: day(start), fromDay: day(from), toDay: day(to) }).map((each) =>
    new Date(each * DAY_MS).toISOString().slice(0, 10),
  )

describe("RRULE text", () => {
  it.each([
    ["FREQ=SECONDLY", /FREQ/],
    ["FREQ=HOURLY", /FREQ/],
    ["FREQ=DAILY;BYSECOND=1", /BYSECOND/],
    ["DTSTART=20260101T000000Z;FREQ=DAILY", /DTSTART/],
    ["FREQ=DAILY\nDTSTART:20260101T000000Z", /FREQ/],
    ["FREQ=DAILY;COUNT=99999999", /COUNT/],
    ["FREQ=DAILY;INTERVAL=0", /INTERVAL/],
    ["FREQ=DAILY;INTERVAL=100000", /INTERVAL/],
    ["FREQ=DAILY;COUNT=1;UNTIL=20270101", /exclude/],
    ["FREQ=DAILY;UNTIL=20260231", /UNTIL/],
    ["FREQ=WEEKLY;BYDAY=1MO", /numbered/],
    ["FREQ=WEEKLY;BYDAY=XX", /BYDAY/],
    ["FREQ=MONTHLY;BYMONTHDAY=0", /BYMONTHDAY/],
    ["FREQ=MONTHLY;BYSETPOS=1", /BYSETPOS/],
    ["FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", /BYSETPOS/],
    ["FREQ=DAILY;FREQ=DAILY", /twice/],
    ["", /NAME=VALUE/],
    ["FREQ=DAILY;;", /NAME=VALUE/],
  ])("refuses %j", (text, why) => {
    const answer = parseRecurrence(text)
    expect(answer.ok ? "taken" : answer.message).toMatch(why)
  })

  it("names days as people mean it", () => {
    expect(dates("FREQ=WEEKLY;BYDAY=FR", "2026-11-23", "2026-11-01", "2026-12-05")).toEqual([
      "2026-11-27",
      "2026-12-04",
    ])
    expect(dates("RRULE:FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01", "2026-11-01", "2026-12-31")).toEqual([
      "2026-11-27",
      "2026-12-25",
    ])
    expect(dates("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-01", "2027-02-01", "2027-03-31")).toEqual([
      "2027-02-28",
      "2027-03-31",
    ])
  })

  it("a rule that never falls on a day ends at once", () => {
    const began = performance.now()
    expect(dates("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2000-01-01", "2098-01-01", "2099-01-01")).toEqual([])
    expect(dates("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000", "2000-01-01", "2098-01-01", "2099-01-01")).toEqual([])
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

/** Text of rules as people and their programs write them, and stranger ones. */
const rule = fc
  .record({
    freq: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
    interval: fc.option(fc.integer({ min: 1, max: 5 })),
    count: fc.option(fc.integer({ min: 1, max: 30 })),
    days: fc.uniqueArray(fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU"), { maxLength: 3 }),
    nth: fc.option(fc.constantFrom(1, 2, 4, 5, -1, -2)),
    monthDays: fc.uniqueArray(fc.constantFrom(1, 13, 15, 29, 30, 31, -1, -5), { maxLength: 2 }),
    months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    setPos: fc.option(fc.constantFrom(1, 2, -1)),
    wkst: fc.option(fc.constantFrom("MO", "SU", "WE")),
  })
  .map(({ freq, interval, count, days, nth, monthDays, months, setPos, wkst }) => {
    const numbered = freq === "MONTHLY" || freq === "YEARLY"
    const parts = [`FREQ=${freq}`]
    if (interval && !(freq === "DAILY" && days.length > 0)) parts.push(`INTERVAL=${interval}`)
    if (count) parts.push(`COUNT=${count}`)
    if (days.length > 0) parts.push(`BYDAY=${days.map((each) => `${numbered && nth ? nth : ""}${each}`).join(",")}`)
    // The library goes on to the year 9999 where a rule falls on no day: rules that often do so are left out.
    const dated = monthDays.length > 0 && numbered
    if (dated) parts.push(`BYMONTHDAY=${monthDays.join(",")}`)
    if (months.length > 0) parts.push(`BYMONTH=${months.join(",")}`)
    if (setPos && numbered && (days.length > 0 || dated)) parts.push(`BYSETPOS=${setPos}`)
    if (wkst) parts.push(`WKST=${wkst}`)
    return parts.join(";")
  })

it("falls on the days on which the rrule library says", () => {
  const start = fc.integer({ min: day("2024-01-01"), max: day("2027-12-31") })
  fc.assert(
    fc.property(rule, start, fc.integer({ min: 0, max: 900 }), (text, startDay, ahead) => {
      const fromDay = startDay + ahead
      const toDay = fromDay + 400
      const dtstart = new Date(startDay * DAY_MS)
      const library = new RRule({ ...RRule.parseString(text), dtstart })
      const theirs: number[] = []
      library.all((date) => {
        const each = date.getTime() / DAY_MS
        if (each >= fromDay && each <= toDay) theirs.push(each)
        return each <= toDay
      })
      expect(recurringDays(read(text), { startDay, fromDay, toDay })).toEqual(theirs)
    }),
    { numRuns: 200 },
  )
})
