import { expect, test } from "vitest"
import type { PublicIncident } from "@/lib/contracts/api/status-page"
import { historyDays } from "./history-days"

const ended = (endedAt: string): PublicIncident => ({
  ...{ title: "We had a problem", status: "resolved", startedAt: "2026-10-20T10:00:00.000Z", endedAt, updates: [] },
})

test("each day is there once, today first, with what was over on it by the visitor's calendar", () => {
  const history = [ended("2026-11-29T02:00:00.000Z")]
  const inNewYork = historyDays(history, { asOf: "2026-11-29T12:00:00.000Z", zone: "America/New_York", days: 3 })
  expect(inNewYork.map(({ day, incidents }) => [day, incidents.length])).toEqual([
    ["2026-11-29", 0],
    ["2026-11-28", 1],
    ["2026-11-27", 0],
  ])
  const inTokyo = historyDays(history, { asOf: "2026-11-29T12:00:00.000Z", zone: "Asia/Tokyo", days: 3 })
  expect(inTokyo[0]).toMatchObject({ day: "2026-11-29", incidents: history })
})

test("a day of 25 hours is one day", () => {
  const days = historyDays([], { asOf: "2026-11-02T04:30:00.000Z", zone: "America/New_York", days: 4 })
  expect(days.map(({ day }) => day)).toEqual(["2026-11-01", "2026-10-31", "2026-10-30", "2026-10-29"])
})

test("what is older than the days that are shown is not lost", () => {
  const history = [ended("2026-11-15T13:00:00.000Z")]
  const days = historyDays(history, { asOf: "2026-11-29T12:00:00.000Z", zone: "UTC", days: 14 })
  expect(days).toHaveLength(15)
  expect(days.at(-1)).toMatchObject({ day: "2026-11-15", incidents: history })
})
