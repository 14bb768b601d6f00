import { expect, test } from "vitest"
import type { RotationLayer } from "./rotation"
import { rotationInWords } from "./rotation-in-words"

const layer = (part: Partial<RotationLayer> = {}): RotationLayer => ({
  people: ["a", "b"],
  start: "2026-01-05T09:00",
  shift: { every: 1, unit: "weeks" },
  hours: null,
  ...part,
})

test.each<[RotationLayer[], string]>([
  [[layer()], "every week, Monday 09:00"],
  [[layer({ shift: { every: 2, unit: "weeks" } })], "every 2 weeks, Monday 09:00"],
  [[layer({ shift: { every: 1, unit: "days" } })], "every day, 09:00"],
  [[layer({ shift: { every: 12, unit: "hours" } })], "every 12 hours"],
  [[layer({ people: ["a", "a"] })], "one person around the clock"],
  [
    [layer(), layer({ people: ["a"], hours: { days: ["sat", "sun"], from: "00:00", to: "24:00" } })],
    "every week, Monday 09:00; over it one person, only Sat, Sun 00:00–24:00",
  ],
])("%#: in words", (layers, words) => {
  expect(rotationInWords({ zone: "UTC", layers })).toBe(`${words} (UTC)`)
})
