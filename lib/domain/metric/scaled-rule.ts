import type { MetricRule } from "./rule"

/** The rule in an environment where waiting times are multiplied. Counts stay as they are. */
export function scaledRule(rule: MetricRule, timeScale: number): MetricRule {
  return timeScale === 1 ? rule : { ...rule, forMs: Math.round(rule.forMs * timeScale) }
}
