import { expect, test } from "vitest"
import { formatAgo, formatClock, formatDuration, formatInstant, withWallClock, zoneCity } from "./format"

test("durations read as words, rounded down", () => {
  expect([300_000, 740, 4_250, 42_999, 185_000, 8_040_000, 266_400_000].map(formatDuration)).toEqual([
    "5 min",
    "740 ms",
    "4.2 s",
    "42 s",
    "3 min 05 s",
    "2 h 14 min",
    "3 d 2 h",
  ])
})

test("clocks count minutes and seconds, never below nothing", () => {
  expect([-500, 7_900, 272_000, 3_729_000].map(formatClock)).toEqual(["0:00", "0:07", "4:32", "1:02:09"])
})

test("says how long ago, and how soon", () => {
  expect([0, 12_000, 240_000, -7_200_000].map((ms) => formatAgo(1e12 - ms, 1e12))).toEqual([
    "just now",
    "12 s ago",
    "4 min ago",
    "in 2 h",
  ])
})

test("an instant is shown on the wall clock of the zone, also across a change to daylight saving", () => {
  expect(formatInstant("2026-03-08T06:59:00Z", "America/New_York", "time")).toBe("01:59")
  expect(formatInstant("2026-03-08T07:00:00Z", "America/New_York", "time")).toBe("03:00")
  expect(zoneCity("America/New_York")).toBe("New York")
})

test("instants within words are put on the wall clock, everything else stays", () => {
  expect(withWallClock("Until 2026-11-24T16:01:10.791Z, version 2026-11-24", "America/New_York")).toBe(
    "Until 11:01:10, version 2026-11-24",
  )
})
