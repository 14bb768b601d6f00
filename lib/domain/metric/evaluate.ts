import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import { ruleInWords, valueInWords } from "./in-words"
import type { MetricRule, Sample } from "./rule"

export type RuleVerdict = "breached" | "ok" | "inconclusive" | "error"

export interface RuleEvaluation {
  verdict: RuleVerdict
  words: string
  /** The samples on which it rests. */
  decidingSamples: Sample[]
  /** Since when every evaluation has been bad (epoch ms), whether for long enough or not. Null: the last one was not. */
  breachingSinceMs: number | null
}

type GoodSample = Sample & { value: number }

/** A source that errs this often in a row is broken. */
const ERRORS_IN_A_ROW = 4

/**
 * Judges a rule at an instant, by the samples of its metric after `sinceMs`, oldest first or in any order.
 * Breached: bad without a break for at least `forMs`, up to the newest sample (`forMs` 0: the newest sample alone), with
 * `minSamples` and `minRequests` in that time. Errors and missing data are no evaluations: they neither breach nor clear, and
 * where they come last nothing is breached. Where there is too little, the verdict is inconclusive, never ok.
 */
export function evaluateRule(
  rule: MetricRule,
  samples: readonly Sample[],
  nowMs: number,
  { sinceMs }: { sinceMs: number },
): RuleEvaluation {
  const known = samples
    .filter((sample) => sample.metric === rule.metric && sample.atMs > sinceMs && sample.atMs <= nowMs)
    .sort((a, b) => a.atMs - b.atMs)
  const last = known.at(-1)
  const since = badSince(rule, known)
  const answer = answering(since)
  if (!last || (rule.forMs > 0 && last.atMs < nowMs - rule.forMs)) {
    return answer("inconclusive", "There is no recent data.", [])
  }
  if (known.length >= ERRORS_IN_A_ROW && known.slice(-ERRORS_IN_A_ROW).every((sample) => sample.status === "error")) {
    return answer("error", `The source failed ${ERRORS_IN_A_ROW} times in a row.`, known.slice(-ERRORS_IN_A_ROW))
  }
  const good = known.filter(isGood)
  const deciding = rule.forMs === 0 ? good.slice(-1) : good.filter((sample) => sample.atMs >= last.atMs - rule.forMs)
  const counted = rule.forMs === 0 ? good.length : deciding.length
  if (counted < rule.minSamples) {
    return answer("inconclusive", `${counted} of at least ${rule.minSamples} samples.`, deciding)
  }
  const requests = deciding.reduce((sum, sample) => sum + sample.count, 0)
  if (requests < rule.minRequests) {
    return answer("inconclusive", `${requests} of at least ${rule.minRequests} requests.`, deciding)
  }
  const newest = deciding.at(-1)
  if (!newest) return answer("inconclusive", "There is no recent data.", [])
  const value = valueInWords(newest.value, rule.unit)
  if (since === null) return answer("ok", `${value} now.`, deciding)
  const heldMs = last.atMs - since
  if (heldMs < rule.forMs) {
    const held = `for ${durationInWords(heldMs)} of ${durationInWords(rule.forMs)}`
    return answer("ok", `${value} now, ${ruleInWords(rule)} ${held}.`, deciding)
  }
  if (!isGood(last)) return answer("inconclusive", `${value} last, and no data since.`, deciding)
  const held = rule.forMs === 0 ? "" : ` for ${durationInWords(heldMs)}`
  return answer("breached", `${value} now; ${ruleInWords(rule)}${held}.`, deciding)
}

/** A value that the rule calls bad. Strict as written: `> 0.05` is not breached at 0.05. */
export function isBad({ comparison, limit }: Pick<MetricRule, "comparison" | "limit">, value: number): boolean {
  switch (comparison) {
    case ">":
      return value > limit
    case ">=":
      return value >= limit
    case "<":
      return value < limit
    case "<=":
      return value <= limit
  }
}

/** A number that was measured: NaN and infinities are none. */
export function isGood(sample: Sample): sample is GoodSample {
  return sample.status === "good" && sample.value !== null && Number.isFinite(sample.value)
}

/** When the unbroken run of bad values that reaches to the newest one began. */
function badSince(rule: MetricRule, ordered: readonly Sample[]): number | null {
  const good = ordered.filter(isGood)
  const lastOk = good.findLastIndex((sample) => !isBad(rule, sample.value))
  return good[lastOk + 1]?.atMs ?? null
}

function answering(breachingSinceMs: number | null) {
  return (verdict: RuleVerdict, words: string, decidingSamples: Sample[]): RuleEvaluation => ({
    verdict,
    words,
    decidingSamples,
    breachingSinceMs,
  })
}
