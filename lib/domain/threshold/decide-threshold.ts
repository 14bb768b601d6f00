import { evaluateRule } from "@/lib/domain/metric/evaluate"
import type { MetricRule, Sample } from "@/lib/domain/metric/rule"
import type { Decision } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, ReleaseStatus } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { ThresholdLevel } from "./threshold-events"
import { thresholdId } from "./threshold-state"

export interface WatchedThreshold {
  level: ThresholdLevel
  key: string
  title: string
  /** Already scaled to the environment. */
  rule: MetricRule
}

const opposite = { ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const

/**
 * What is measured says of a threshold: breached for as long as its rule asks, or fine for as long, without a break. Null:
 * neither, for example where there is no data. So a figure that goes to and fro at the limit is one breach and not twenty.
 */
export function thresholdNow(
  rule: MetricRule,
  samples: readonly Sample[],
  nowMs: number,
  { sinceMs }: { sinceMs: number },
): { is: "breached" | "fine"; words: string } | null {
  const seen = evaluateRule(rule, samples, nowMs, { sinceMs })
  if (seen.verdict === "breached") return { is: "breached", words: seen.words }
  if (seen.verdict !== "ok" || seen.breachingSinceMs !== null) return null
  const isFine = evaluateRule({ ...rule, comparison: opposite[rule.comparison] }, samples, nowMs, { sinceMs })
  return isFine.verdict === "breached" ? { is: "fine", words: seen.words } : null
}

/** A version that is being rolled back breaches nothing any more; the one that is live again makes fine what was breached. */
const breachIn: readonly ReleaseStatus[] = ["deploying", "verifying", "watching"]

/** To be called on every evaluation: a breach is recorded once, and once that it is over. */
export function decideThreshold(
  state: ReleaseState,
  { threshold, now }: { threshold: Omit<WatchedThreshold, "rule">; now: { is: "breached" | "fine"; words: string } },
  actor: Actor,
): Decision {
  const { level, key, title } = threshold
  const known = own(state.thresholds, thresholdId(threshold))
  const isBreached = known !== undefined && known.clearedAt === null
  const data = { level, key, title, words: now.words }
  if (now.is === "fine") {
    return { ok: true, events: isBreached ? [{ type: "threshold.cleared", actor, data }] : [] }
  }
  const counts = state.switchedAt !== null && breachIn.includes(state.status)
  return { ok: true, events: counts && !isBreached ? [{ type: "threshold.breached", actor, data }] : [] }
}
