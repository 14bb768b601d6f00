import type { MetricName, Sample } from "@/lib/domain/metric/rule"

/** What came of one query: a number, nothing, or why there is no answer. */
export type Outcome =
  | { status: "good"; value: number }
  | { status: "no_data"; words: string }
  | { status: "error"; words: string }

/** A number as it is; NaN and infinities are none. */
export function outcomeOf(value: number): Outcome {
  if (Number.isFinite(value)) return { status: "good", value }
  return { status: "no_data", words: `The answer is ${value}, which is no number.` }
}

/** `count`: how many requests are behind the value, as another query says. */
export function sampleOf(metric: MetricName, atMs: number, outcome: Outcome, count = 1): Sample {
  if (outcome.status !== "good") {
    return { metric, atMs, status: outcome.status, value: null, count: 0, words: outcome.words }
  }
  return { metric, atMs, status: "good", value: outcome.value, count: Math.max(0, Math.round(count)) }
}

export const NO_REQUESTS = "It has no query for the number of requests: a rule that wants some can never be decided."
