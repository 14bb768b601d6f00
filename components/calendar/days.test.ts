import { describe, expect, it } from "vitest"
import { daysOf, type Entry, entriesOn, moved, wallDay } from "./days"

const NY = "America/New_York"
const at = (iso: string) => Date.parse(iso)

describe("the days of a calendar", () => {
  it("whole weeks around a month, each with its own midnights", () => {
    const days = daysOf("month", at("2026-11-23T00:00:00Z"), NY)
    expect(days).toHaveLength(42)
    expect(new Date(days[0]?.wallMs ?? 0).toISOString()).toBe("2026-10-26T00:00:00.000Z")
    const change = days.find(({ wallMs }) => wallMs === at("2026-11-01T00:00:00Z"))
    expect((change?.endMs ?? 0) - (change?.startMs ?? 0)).toBe(25 * 3_600_000)
    for (const [n, day] of days.entries()) if (n > 0) expect(day.startMs).toBe(days[n - 1]?.endMs)
  })

  it("a week from Monday on, also of a Sunday", () => {
    const days = daysOf("week", at("2026-11-29T00:00:00Z"), NY)
    expect(days).toHaveLength(7)
    expect(new Date(days[0]?.wallMs ?? 0).toISOString()).toBe("2026-11-23T00:00:00.000Z")
  })

  it("goes on by months of any length", () => {
    expect(new Date(moved("month", at("2026-01-31T00:00:00Z"), 1)).toISOString()).toBe("2026-02-01T00:00:00.000Z")
    expect(new Date(moved("week", at("2026-01-05T00:00:00Z"), -1)).toISOString()).toBe("2025-12-29T00:00:00.000Z")
    expect(wallDay(at("2026-11-24T03:00:00Z"), NY)).toBe(at("2026-11-23T00:00:00Z"))
  })

  it("an interval is on each day that it touches, half-open; an instant on one", () => {
    const [monday, tuesday, wednesday] = daysOf("week", at("2026-11-23T00:00:00Z"), NY)
    if (!monday || !tuesday || !wednesday) throw new Error("no week")
    const entry = (kind: Entry["kind"], startMs: number, endMs: number | null): Entry => ({
      ...{ key: "k", kind, title: "t", where: "", startMs, endMs, href: null, freezeId: null },
    })
    const freeze = entry("frozen", monday.startMs + 1, wednesday.startMs)
    expect([monday, tuesday, wednesday].map((day) => entriesOn(day, [freeze]).length)).toEqual([1, 1, 0])
    const planned = entry("planned", tuesday.startMs, null)
    expect([monday, tuesday, wednesday].map((day) => entriesOn(day, [planned]).length)).toEqual([0, 1, 0])
  })
})
