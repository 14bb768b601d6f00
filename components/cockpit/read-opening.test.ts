import { describe, expect, it } from "vitest"
import { gate } from "@/lib/domain/gate/gate"
import { environment, START, Timeline } from "@/lib/domain/release/release.fixture"
import type { Freeze } from "@/lib/domain/window/freeze"
import { readHeadClock } from "./read-head-clock"

const now = Date.parse(START)
const freeze = (start: string, end: string): Freeze => ({
  ...{ id: "f", name: "Year end", reason: "Nobody is there", by: "Tess", changedAt: "2026-11-01T00:00:00.000Z" },
  rule: { kind: "once", start, end, zone: "America/New_York" },
})
const label = (freezes: Freeze[], atMs = now) => {
  const { state } = new Timeline().ready()
  const clock = readHeadClock(state, gate(state, environment({ freezes }), atMs), atMs)
  return `${clock?.label} ${clock?.text}`
}

describe("the clock of a release that is being prepared", () => {
  // Monday, 23 November 2026, 11:00 in New York; the window closes at 17:00.
  it.each<[string, Freeze[], string]>([
    ["the window", [], "Window closes in 6 h 0 min"],
    ["a freeze before it closes", [freeze("2026-11-23T13:00", "2026-11-23T14:00")], "Freeze begins in 2 h 0 min"],
    ["a freeze after it closes", [freeze("2026-11-23T20:00", "2026-11-23T21:00")], "Window closes in 6 h 0 min"],
    ["in a freeze", [freeze("2026-11-23T10:00", "2026-11-23T14:00")], "Frozen, opens in 3 h 0 min"],
    ["a freeze past the window", [freeze("2026-11-23T10:00", "2026-11-23T18:00")], "Frozen, opens in 22 h 0 min"],
  ])("%s", (_, freezes, words) => {
    expect(label(freezes)).toBe(words)
  })

  it("closed, it counts down to when nothing is in the way any more", () => {
    const night = Date.parse("2026-11-24T03:00:00Z")
    expect(label([freeze("2026-11-24T08:00", "2026-11-24T10:00")], night)).toBe("Window opens in 12 h 0 min")
  })
})
