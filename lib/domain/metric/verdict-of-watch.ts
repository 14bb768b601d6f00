import type { Verdict } from "@/lib/domain/release/state"
import { evaluateRule, isBad, isGood } from "./evaluate"
import type { MetricRule, Sample } from "./rule"

export interface WatchedRule {
  title: string
  /** Already scaled to the environment. */
  rule: MetricRule
}

/**
 * The verdict on a watch from `fromMs` to `toMs`. Fail: a rule was breached at any time of it. Inconclusive: some rule has
 * fewer than `minSamples` real samples, too few requests, a source that ended in errors, or is bad at the end though not yet
 * for long enough; or there is no rule that decides. Observe-only rules are told of and decide nothing.
 */
export function verdictOfWatch(
  rules: readonly WatchedRule[],
  samples: readonly Sample[],
  { fromMs, toMs, minSamples }: { fromMs: number; toMs: number; minSamples: number },
): { verdict: Verdict; reasons: string[] } {
  const judged = rules.map((watched) => ({ ...watched, ...judge(watched.rule, samples, fromMs, toMs, minSamples) }))
  const deciding = judged.filter(({ rule }) => !rule.observeOnly)
  const reasons = judged
    .filter(({ verdict }) => verdict !== "pass")
    .map(({ title, rule, words }) => `${title}: ${words}${rule.observeOnly ? " (observed only)" : ""}`)
  if (deciding.some(({ verdict }) => verdict === "fail")) return { verdict: "fail", reasons }
  if (deciding.length === 0) return { verdict: "inconclusive", reasons: [...reasons, "There is no rule that decides."] }
  if (deciding.some(({ verdict }) => verdict === "inconclusive")) return { verdict: "inconclusive", reasons }
  return { verdict: "pass", reasons: [...reasons, `${deciding.length} rules held to the end of the watch.`] }
}

function judge(
  rule: MetricRule,
  samples: readonly Sample[],
  fromMs: number,
  toMs: number,
  minSamples: number,
): { verdict: Verdict; words: string } {
  const own = samples.filter(({ metric, atMs }) => metric === rule.metric && atMs > fromMs && atMs <= toMs)
  const breach = firstBreach(rule, own, fromMs)
  if (breach !== null) return { verdict: "fail", words: breach }
  const good = own.filter(isGood)
  const needed = Math.max(minSamples, rule.minSamples)
  if (good.length < needed) {
    return { verdict: "inconclusive", words: `${good.length} of at least ${needed} samples.` }
  }
  const requests = good.reduce((sum, { count }) => sum + count, 0)
  if (requests < rule.minRequests) {
    return { verdict: "inconclusive", words: `${requests} of at least ${rule.minRequests} requests.` }
  }
  const atEnd = evaluateRule(rule, own, toMs, { sinceMs: fromMs })
  if (atEnd.verdict === "error" || atEnd.breachingSinceMs !== null) {
    return { verdict: "inconclusive", words: atEnd.words }
  }
  return { verdict: "pass", words: atEnd.words }
}

/** The first moment of the watch at which the rule was breached, in words. */
function firstBreach(rule: MetricRule, own: readonly Sample[], fromMs: number): string | null {
  let badSinceMs: number | null = null
  for (const sample of own.toSorted((a, b) => a.atMs - b.atMs)) {
    if (!isGood(sample)) continue
    badSinceMs = isBad(rule, sample.value) ? (badSinceMs ?? sample.atMs) : null
    // Asked only where it can be so: a long watch has many samples.
    if (badSinceMs === null || sample.atMs - badSinceMs < rule.forMs) continue
    const then = evaluateRule(rule, own, sample.atMs, { sinceMs: fromMs })
    if (then.verdict === "breached") return then.words
  }
  return null
}
