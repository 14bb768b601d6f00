import fc from "fast-check"
import { DateTime } from "luxon"
import { describe, expect, it, vi } from "vitest"
import { type DeploymentWindow, weekdays } from "./window"
import { isWindowOpen, windowStatus } from "./window-status"

const office: DeploymentWindow = {
  days: ["mon", "tue", "wed", "thu"],
  start: "09:00",
  end: "17:00",
  zone: "America/New_York",
}
const at = (iso: string) => Date.parse(iso)
const always: DeploymentWindow = { days: [...weekdays], start: "00:00", end: "24:00", zone: "America/New_York" }

describe("windowStatus", () => {
  it.each([
    ["before it opens", "2026-11-23T13:59:59.999Z", false, "2026-11-23T14:00:00.000Z", null],
    ["the first moment", "2026-11-23T14:00:00.000Z", true, null, "2026-11-23T22:00:00.000Z"],
    ["the last moment", "2026-11-23T21:59:59.999Z", true, null, "2026-11-23T22:00:00.000Z"],
    ["half-open: the end is outside", "2026-11-23T22:00:00.000Z", false, "2026-11-24T14:00:00.000Z", null],
    ["Thursday evening: Monday next", "2026-11-26T22:00:00.000Z", false, "2026-11-30T14:00:00.000Z", null],
    ["summer time", "2026-07-06T13:00:00.000Z", true, null, "2026-07-06T21:00:00.000Z"],
    ["Thursday before the clocks go back", "2026-10-29T21:00:00.000Z", false, "2026-11-02T14:00:00.000Z", null],
    ["Thursday before they go forward", "2026-03-05T22:00:00.000Z", false, "2026-03-09T13:00:00.000Z", null],
  ])("%s", (_, now, open, opensAt, closesAt) => {
    expect(windowStatus(office, at(now))).toEqual({ open, opensAt, closesAt })
  })

  it("a day that loses an hour: a window inside the gap begins when the clock is past it", () => {
    const gap = { ...always, days: ["sun" as const], start: "02:30", end: "04:00" }
    expect(windowStatus(gap, at("2026-03-08T05:00:00Z"))).toEqual({
      open: false,
      opensAt: "2026-03-08T07:00:00.000Z",
      closesAt: null,
    })
    expect(windowStatus(gap, at("2026-03-08T07:00:00Z")).closesAt).toBe("2026-03-08T08:00:00.000Z")
  })

  it("a window that the gap swallows whole opens a week later", () => {
    const swallowed = { ...always, days: ["sun" as const], start: "02:10", end: "02:50" }
    expect(windowStatus(swallowed, at("2026-03-08T05:00:00Z")).opensAt).toBe("2026-03-15T06:10:00.000Z")
  })

  it("a day that gains an hour: the wall shows the window twice", () => {
    const twice = { ...always, days: ["sun" as const], start: "01:00", end: "01:30" }
    const first = windowStatus(twice, at("2026-11-01T05:00:00Z"))
    expect(first).toEqual({ open: true, opensAt: null, closesAt: "2026-11-01T05:30:00.000Z" })
    expect(windowStatus(twice, at("2026-11-01T05:30:00Z")).opensAt).toBe("2026-11-01T06:00:00.000Z")
  })

  it("a southern zone, both changes", () => {
    const sydney = { ...office, zone: "Australia/Sydney" }
    expect(windowStatus(sydney, at("2026-04-02T22:00:00Z")).opensAt).toBe("2026-04-05T23:00:00.000Z")
    expect(windowStatus(sydney, at("2026-10-01T08:00:00Z")).opensAt).toBe("2026-10-04T22:00:00.000Z")
  })

  it("until 24:00, and on into the next day", () => {
    const evening = { ...office, end: "24:00" }
    expect(windowStatus(evening, at("2026-11-24T04:59:59Z")).closesAt).toBe("2026-11-24T05:00:00.000Z")
    const twoDays = { ...office, days: ["mon" as const, "tue" as const], start: "00:00", end: "24:00" }
    expect(windowStatus(twoDays, at("2026-11-23T12:00:00Z")).closesAt).toBe("2026-11-25T05:00:00.000Z")
  })

  it("every day and hour: never closes", () => {
    expect(windowStatus(always, at("2026-03-08T06:59:59Z"))).toEqual({ open: true, opensAt: null, closesAt: null })
  })

  it("half-hour offsets", () => {
    const kolkata = { ...office, zone: "Asia/Kolkata" }
    expect(windowStatus(kolkata, at("2026-11-23T03:29:59Z")).opensAt).toBe("2026-11-23T03:30:00.000Z")
  })
})

/** Slow and plain: looks at the wall clock, by another library, minute by minute. */
function modelOpen(window: DeploymentWindow, ms: number): boolean {
  const local = DateTime.fromMillis(ms, { zone: window.zone })
  const shown = local.toFormat("HH:mm")
  return window.days.includes(weekdays[local.weekday - 1] ?? "mon") && window.start <= shown && shown < window.end
}

function modelChange(window: DeploymentWindow, nowMs: number): number | null {
  const open = modelOpen(window, nowMs)
  for (let ms = Math.floor(nowMs / 60_000 + 1) * 60_000; ms < nowMs + 8 * 86_400_000; ms += 60_000) {
    if (modelOpen(window, ms) !== open) return ms
  }
  return null
}

// Thousands of cases, perhaps beside other work on the same machine.
vi.setConfig({ testTimeout: 60_000 })

describe("against a slow model", () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`)
  const window = fc
    .record({
      days: fc.subarray([...weekdays], { minLength: 1 }),
      start: time,
      end: fc.oneof(time, fc.constant("24:00")),
      zone: fc.constantFrom(
        "America/New_York",
        "Australia/Sydney",
        "Europe/Berlin",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "UTC",
      ),
    })
    .filter(({ start, end }) => start < end)
  // Around the changes of the clocks more often than not.
  const moment = fc.oneof(
    fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") }),
    fc
      .tuple(
        fc.constantFrom(
          "2026-03-08",
          "2026-11-01",
          "2026-04-04",
          "2026-10-03",
          "2026-03-29",
          "2026-04-23",
          "2026-10-29",
        ),
        fc.integer({ min: -86_400_000, max: 2 * 86_400_000 }),
      )
      .map(([day, offset]) => at(`${day}T00:00:00Z`) + offset),
  )

  it("open or closed", () => {
    fc.assert(
      fc.property(window, moment, (each, ms) => {
        expect(isWindowOpen(each, ms)).toBe(modelOpen(each, ms))
      }),
      { numRuns: 2_000 },
    )
  })

  it("the next change", () => {
    fc.assert(
      fc.property(window, moment, (each, ms) => {
        const { open, opensAt, closesAt } = windowStatus(each, ms)
        const found = open ? closesAt : opensAt
        const model = modelChange(each, ms)
        // The model looks a week ahead; what it does not see must lie beyond.
        if (model === null) expect(found === null || at(found) >= ms + 8 * 86_400_000 - 60_000).toBe(true)
        else expect(found).toBe(new Date(model).toISOString())
      }),
      { numRuns: 150 },
    )
  })
})
