import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { MetricRule } from "@/lib/domain/metric/rule"

/**
 * A rule in the environment's time. A shortened window stays long enough to hold the samples and requests that the rule
 * itself asks for: else a rehearsal could never give a verdict. At scale 1 the rule is as it was written.
 */
export function scaleRule(
  rule: MetricRule,
  { probe, timeScale }: Pick<EnvironmentConfig, "probe" | "timeScale">,
): MetricRule {
  if (timeScale === 1 || rule.forMs === 0) return rule
  const samplesMs = rule.minSamples * probe.intervalMs
  const requestsMs = rule.minRequests === 0 ? 0 : (rule.minRequests / probe.ratePerSecond) * 1_000 + probe.intervalMs
  const forMs = Math.max(rule.forMs * timeScale, samplesMs, requestsMs)
  return { ...rule, forMs: Math.min(rule.forMs, Math.ceil(forMs)) }
}

/** A length of time that people wait for, in the environment's time; at least one evaluation long. */
export function scaleWait(ms: number, { probe, timeScale }: Pick<EnvironmentConfig, "probe" | "timeScale">): number {
  return timeScale === 1 ? ms : Math.min(ms, Math.max(Math.ceil(ms * timeScale), probe.intervalMs))
}
