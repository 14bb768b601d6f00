import { expect, test } from "vitest"
import { mondayOf, placeInWeek, rangeOf, weeksFrom } from "./weeks"

const zone = "America/New_York"
const at = (iso: string) => Date.parse(iso)

test("weeks begin on the Monday of the zone's wall, and follow one another over a change of clocks", () => {
  // Sunday evening in New York, Monday in UTC.
  const monday = mondayOf(at("2026-11-02T03:00:00Z"), zone)
  expect(new Date(monday).toISOString()).toBe("2026-10-26T00:00:00.000Z")
  const weeks = weeksFrom(monday, zone)
  expect(weeks).toHaveLength(5)
  expect(rangeOf(weeks)).toEqual({ fromMs: at("2026-10-26T04:00:00Z"), toMs: at("2026-11-30T05:00:00Z") })
  const days = weeks.flat()
  expect(days.slice(1).every((day, n) => day.startMs === days[n]?.endMs)).toBe(true)
})

test("an instant lies in its day, however long that is", () => {
  const [week = []] = weeksFrom(Date.UTC(2026, 9, 26), zone)
  expect(placeInWeek(week, at("2026-10-26T04:00:00Z"))).toBe(0)
  expect(placeInWeek(week, at("2026-10-26T16:00:00Z"))).toBeCloseTo(100 / 14)
  // Sunday has 25 hours: its middle is half past twelve and a half hours in.
  expect(placeInWeek(week, at("2026-11-01T16:30:00Z"))).toBeCloseTo((6.5 / 7) * 100)
  expect(placeInWeek(week, at("2026-11-02T05:00:00Z"))).toBe(100)
  expect(placeInWeek(week, at("2026-10-20T00:00:00Z"))).toBe(0)
})
