import type { MetricRule, metricNames } from "@/lib/domain/metric/rule"
import type { TriggerState } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"
import { metricUnits } from "@/lib/playbook/sections/rule"

export interface ChartedMetric {
  metric: (typeof metricNames)[number]
  title: string
  unit: string
  /** Lines to draw: the dashboard's limit and the triggers'. */
  limits: { label: string; value: number; comparison: MetricRule["comparison"]; trigger: boolean }[]
  /** The dashboard's limit in words. */
  words: string
}

/** What the watch plots: one chart a metric of the dashboard, with every limit that bears on it. */
export function chartedMetrics(playbook: Playbook, triggers: Record<string, TriggerState>): ChartedMetric[] {
  return playbook.verification.watch.dashboard.map((limit) => {
    const own = limit.rule
      ? [{ label: "limit", value: limit.rule.limit, comparison: limit.rule.comparison, trigger: false }]
      : []
    const rollsBack = Object.values(triggers).flatMap(({ rule, title }) =>
      rule?.metric === limit.metric
        ? [{ label: title, value: rule.limit, comparison: rule.comparison, trigger: true }]
        : [],
    )
    return {
      metric: limit.metric,
      title: limit.title,
      unit: metricUnits[limit.metric],
      limits: [...own, ...rollsBack],
      words: limit.limit,
    }
  })
}

/** Whether a value is on the bad side of a limit. */
export function beyond(value: number, limit: { value: number; comparison: MetricRule["comparison"] }): boolean {
  switch (limit.comparison) {
    case ">":
      return value > limit.value
    case ">=":
      return value >= limit.value
    case "<":
      return value < limit.value
    case "<=":
      return value <= limit.value
  }
}
