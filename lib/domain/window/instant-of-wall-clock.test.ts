import fc from "fast-check"
import { DateTime } from "luxon"
import { expect, test } from "vitest"
import { instantOfWallClock } from "./instant-of-wall-clock"

const at = (local: string, zone: string) => new Date(instantOfWallClock(local, zone)).toISOString()

test.each([
  ["2026-11-24T09:30", "America/New_York", "2026-11-24T14:30:00.000Z"],
  ["2026-07-01T09:30:15", "Europe/Berlin", "2026-07-01T07:30:15.000Z"],
  ["2026-11-24T09:30", "UTC", "2026-11-24T09:30:00.000Z"],
  // Comes twice: the first one.
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  // Never comes: when the clock jumps.
  ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:00:00.000Z"],
  ["2026-10-04T02:15", "Australia/Sydney", "2026-10-03T16:00:00.000Z"],
])("%s in %s is %s", (local, zone, instant) => {
  expect(at(local, zone)).toBe(instant)
})

test.each(["", "now", "2026-11-24", "2026-13-01T00:00", "2026-11-24T25:00", "2026-11-24T09:30Z"])(
  "%j is refused",
  (text) => {
    expect(() => instantOfWallClock(text, "UTC")).toThrow(RangeError)
  },
)

test("an instant is found again from what the wall shows, unless the wall showed it before", () => {
  const zone = fc.constantFrom(
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Europe/Dublin",
  )
  const seconds = fc.integer({ min: Date.UTC(2020, 0) / 1_000, max: Date.UTC(2035, 0) / 1_000 })
  fc.assert(
    fc.property(seconds, zone, (second, where) => {
      const time = DateTime.fromSeconds(second, { zone: where })
      const found = instantOfWallClock(time.toFormat("yyyy-MM-dd'T'HH:mm:ss"), where)
      const first = Math.min(...time.getPossibleOffsets().map((possible) => possible.toMillis()))
      expect(found).toBe(first)
    }),
    { numRuns: 1_000 },
  )
})
