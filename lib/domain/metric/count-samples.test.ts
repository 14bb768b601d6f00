import { expect, test } from "vitest"
import { countSamples } from "./count-samples"
import type { MetricRule, Sample } from "./rule"

const rule: MetricRule = {
  ...{ metric: "error_rate", comparison: ">", limit: 0.05, unit: "ratio", forMs: 0 },
  ...{ minSamples: 1, minRequests: 0, observeOnly: false },
}
const sample = (atMs: number, status: Sample["status"], value: number | null, metric = "error_rate"): Sample => {
  return { metric, atMs, status, value, count: 1 }
}

test("good, bad, errors and nothing are counted apart, in the span and of the metric alone", () => {
  const samples = [
    sample(0, "good", 1),
    sample(1, "good", 0.05),
    sample(2, "good", 0.051),
    sample(3, "error", null),
    sample(4, "no_data", null),
    sample(5, "good", Number.NaN),
    sample(5, "good", 1, "uptime"),
    sample(10, "good", 0),
    sample(11, "good", 1),
  ]
  expect(countSamples(rule, samples, { fromMs: 0, toMs: 10 })).toEqual({ good: 2, bad: 1, errors: 1, noData: 2 })
})
