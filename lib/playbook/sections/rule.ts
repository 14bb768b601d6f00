import { z } from "zod"
import { type MetricRule, metricNames } from "@/lib/domain/metric/rule"
import { duration, durationMs } from "@/lib/playbook/duration"

type MetricName = (typeof metricNames)[number]

/** The one unit of each metric: a limit of `5` on an error rate would otherwise pass for 5 %. */
export const metricUnits: Record<MetricName, string> = {
  request_rate: "per_second",
  error_rate: "ratio",
  latency_p99: "ms",
  db_query_p99: "ms",
  db_pool: "ratio",
  queue_depth: "jobs",
  oauth_success_rate: "ratio",
  uptime: "ratio",
  new_issues: "issues",
  crash_free_rate: "ratio",
  alerts_firing: "alerts",
}

export const ruleSchema = z
  .strictObject({
    metric: z.enum(metricNames),
    comparison: z.enum([">", ">=", "<", "<="]).describe("The comparison that means `bad`; strict as written."),
    limit: z.number().finite().nonnegative(),
    unit: z
      .enum(["per_second", "ratio", "ms", "jobs", "issues", "alerts"])
      .describe("The metric's own unit; ratios go from 0 to 1."),
    for: duration.optional().describe("How long it must hold without a break. Left out: one evaluation is enough."),
    minSamples: z.number().int().min(1).max(100_000).optional().describe("Fewer samples than this give no verdict."),
    minRequests: z.number().int().min(0).max(1e9).optional().describe("Fewer requests than this give no verdict."),
    observeOnly: z.boolean().optional().describe("Drawn and reported, decides nothing."),
  })
  .superRefine((rule, ctx) => {
    if (rule.unit !== metricUnits[rule.metric]) {
      ctx.addIssue({ code: "custom", path: ["unit"], message: `${rule.metric} is in ${metricUnits[rule.metric]}` })
    }
    if (rule.unit === "ratio" && rule.limit > 1) {
      ctx.addIssue({ code: "custom", path: ["limit"], message: "a ratio goes from 0 to 1: 5 % is 0.05" })
    }
  })
export type PlaybookRule = z.infer<typeof ruleSchema>

/** The rule as it is evaluated: durations in milliseconds, everything left out filled in. */
export function metricRule(rule: PlaybookRule): MetricRule {
  return {
    metric: rule.metric,
    comparison: rule.comparison,
    limit: rule.limit,
    unit: rule.unit,
    forMs: rule.for ? durationMs(rule.for) : 0,
    minSamples: rule.minSamples ?? 1,
    minRequests: rule.minRequests ?? 0,
    observeOnly: rule.observeOnly ?? false,
  }
}
