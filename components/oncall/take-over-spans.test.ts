import { expect, test } from "vitest"
import { fieldOf, spanOfFields, takeOverSpans } from "./take-over-spans"

const zone = "America/New_York"
const at = (iso: string) => Date.parse(iso)
const iso = (ms: number | null) => (ms === null ? "now" : new Date(ms).toISOString())

test.each([
  // In the afternoon of a Saturday before clocks go back, late in the evening, and in the small hours.
  ["2026-10-31T18:00:00Z", "Tonight, 18:00 to 09:00", "2026-10-31T22:00:00.000Z", "2026-11-01T14:00:00.000Z"],
  ["2026-11-25T01:00:00Z", "Now, until 09:00", "now", "2026-11-25T14:00:00.000Z"],
  ["2026-11-25T07:00:00Z", "Now, until 09:00", "now", "2026-11-25T14:00:00.000Z"],
])("tonight, at %s", (now, label, start, end) => {
  const [tonight] = takeOverSpans(at(now), null, zone)
  expect([tonight?.label, iso(tonight?.startMs ?? null), iso(tonight?.endMs ?? null)]).toEqual([label, start, end])
})

test("until the next hand-over, where there is one", () => {
  const now = at("2026-11-25T15:00:00Z")
  expect(takeOverSpans(now, null, zone).map(({ key }) => key)).toEqual(["tonight", "hours"])
  expect(takeOverSpans(now, now + 5, zone)[1]).toMatchObject({ key: "shift", startMs: null, endMs: now + 5 })
})

test("fields say instants on the wall of a zone, or nothing", () => {
  expect(fieldOf(at("2026-11-25T15:00:00Z"), zone)).toBe("2026-11-25T10:00")
  expect(spanOfFields("2026-11-25T10:00", "2026-11-25T12:00", zone)).toMatchObject({
    startMs: at("2026-11-25T15:00:00Z"),
    endMs: at("2026-11-25T17:00:00Z"),
  })
  expect(spanOfFields("2026-11-25T12:00", "2026-11-25T10:00", zone)).toBeNull()
  expect(spanOfFields("", "2026-11-25T10:00", zone)).toBeNull()
})
