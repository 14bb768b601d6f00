import { z } from "zod"

export const metricNames = [
  "request_rate",
  "error_rate",
  "latency_p99",
  "db_query_p99",
  "db_pool",
  "queue_depth",
  "oauth_success_rate",
  "uptime",
  "new_issues",
  "crash_free_rate",
  "alerts_firing",
] as const
export type MetricName = (typeof metricNames)[number]

/** A limit on a metric and how long it must hold. Comparison is strict as written: `> 0.05` is not breached at 0.05. */
export const metricRuleSchema = z.strictObject({
  metric: z.enum(metricNames),
  /** The comparison that means "bad". */
  comparison: z.enum([">", ">=", "<", "<="]),
  limit: z.number().finite(),
  unit: z.string(),
  /** Every evaluation over this long must breach. 0: one evaluation is enough. */
  forMs: z.number().int().nonnegative(),
  /** Fewer real samples than this are no verdict. */
  minSamples: z.number().int().positive(),
  /** Fewer requests than this over the window are no verdict. */
  minRequests: z.number().int().nonnegative(),
  observeOnly: z.boolean(),
})
export type MetricRule = z.infer<typeof metricRuleSchema>

export type SampleStatus = "good" | "error" | "no_data"

/** One evaluation interval of one metric. `good` carries a value; `error` and `no_data` carry none. */
export interface Sample {
  metric: string
  /** Epoch milliseconds, end of the interval. */
  atMs: number
  status: SampleStatus
  value: number | null
  /** Requests or points behind the value. */
  count: number
  /** Why there is no value, in the source's words. */
  words?: string
}
