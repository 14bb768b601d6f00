import { expect, test } from "vitest"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { MetricRule } from "@/lib/domain/metric/rule"
import { scaleRule, scaleWait } from "./scale-rule"

const rule: MetricRule = {
  metric: "error_rate",
  comparison: ">",
  limit: 0.05,
  unit: "ratio",
  forMs: 300_000,
  minSamples: 3,
  minRequests: 20,
  observeOnly: false,
}

function environment(timeScale: number) {
  return environmentConfigSchema.parse({
    baseUrl: "http://127.0.0.1:1",
    repository: "/r",
    strategy: { kind: "local", config: {} },
    maintenance: { kind: "http-toggle", config: {}, message: "m" },
    timeScale,
    probe: { intervalMs: 500, ratePerSecond: 10 },
  })
}

test("in real time a rule is as it was written", () => {
  expect(scaleRule(rule, environment(1))).toBe(rule)
  expect(scaleWait(1_500_000, environment(1))).toBe(1_500_000)
})

test("a shortened window holds the samples and requests that the rule asks for", () => {
  expect(scaleRule(rule, environment(0.1)).forMs).toBe(30_000)
  // 20 requests take 2 s at 10 a second, and the interval in which they end is 500 ms long.
  expect(scaleRule(rule, environment(0.001)).forMs).toBe(2_500)
  expect(scaleRule({ ...rule, minRequests: 0 }, environment(0.001)).forMs).toBe(1_500)
})

test("no window becomes longer than it was, and none that asks for one evaluation gets one", () => {
  expect(scaleRule({ ...rule, forMs: 1_000 }, environment(0.5)).forMs).toBe(1_000)
  expect(scaleRule({ ...rule, forMs: 0 }, environment(0.5)).forMs).toBe(0)
  expect(scaleWait(1_500_000, environment(0.0001))).toBe(500)
})
