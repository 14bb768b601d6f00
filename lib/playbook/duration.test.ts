import { expect, test } from "vitest"
import { duration, durationMs, durationOrZero } from "./duration"
import { metricRule } from "./sections/rule"

test.each([
  ["250ms", 250],
  ["30s", 30_000],
  ["5m", 300_000],
  ["24h", 86_400_000],
  ["365d", 31_536_000_000],
  ["0s", 0],
])("%s is %d ms", (text, ms) => {
  expect(durationMs(text)).toBe(ms)
  expect(durationOrZero.safeParse(text).success).toBe(true)
  expect(duration.safeParse(text).success).toBe(ms > 0)
})

test.each([
  "",
  "5",
  "m",
  "-5m",
  "+5m",
  "5 m",
  "1.5h",
  "5M",
  "Infinity",
  "NaNs",
  "1e3s",
  "5m\n",
  "366d",
  "9999999999999s",
  "٥m",
])("%j is refused", (text) => {
  expect(() => durationMs(text)).toThrow(RangeError)
  expect(durationOrZero.safeParse(text).success).toBe(false)
})

test("a rule is evaluated in milliseconds, with everything left out filled in", () => {
  const rule = { metric: "error_rate", comparison: ">", limit: 0.05, unit: "ratio" } as const
  expect(metricRule({ ...rule, for: "5m" })).toEqual({
    ...rule,
    forMs: 300_000,
    minSamples: 1,
    minRequests: 0,
    observeOnly: false,
  })
})
