import { isBad, isGood } from "./evaluate"
import type { MetricRule, Sample } from "./rule"

/** What was measured for a rule, each kind by itself: nothing there is neither good nor bad. */
export interface SampleCounts {
  good: number
  bad: number
  errors: number
  noData: number
}

/** Counts the samples of the rule's metric in `(fromMs, toMs]`, epoch ms. A value that is no number counts as no data. */
export function countSamples(
  rule: MetricRule,
  samples: readonly Sample[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): SampleCounts {
  const counts: SampleCounts = { good: 0, bad: 0, errors: 0, noData: 0 }
  for (const sample of samples) {
    if (sample.metric !== rule.metric || sample.atMs <= fromMs || sample.atMs > toMs) continue
    if (sample.status === "error") counts.errors += 1
    else if (!isGood(sample)) counts.noData += 1
    else if (isBad(rule, sample.value)) counts.bad += 1
    else counts.good += 1
  }
  return counts
}
