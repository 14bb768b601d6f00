import { z } from "zod"
import { type MetricName, metricNames } from "@/lib/domain/metric/rule"
import type { MetricSourceDefinition } from "../contract"

const promql = z.string().min(1).max(8_000)

export const prometheusConfigSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe("Where the server's API begins, such as `http://prometheus:9090`."),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, "is no name of a header"), z.string().max(8_000))
    .default({})
    .describe("Sent with each request: `Authorization`, or the tenant of a multi-tenant server."),
  queries: z
    .partialRecord(
      z.enum(metricNames),
      z.strictObject({
        query: promql.describe(
          "PromQL that gives one number in the metric's unit; `{{release.version}}` may stand in it.",
        ),
        requests: promql.optional().describe("PromQL for how many requests are behind that number."),
      }),
    )
    .refine((queries) => Object.keys(queries).length > 0, "must have at least one query"),
  intervalMs: z.number().int().min(100).max(600_000).default(15_000).describe("From one evaluation to the next."),
  timeoutMs: z.number().int().min(100).max(60_000).default(5_000),
})
export type PrometheusConfig = z.infer<typeof prometheusConfigSchema>

export const definition: MetricSourceDefinition<PrometheusConfig> = {
  kind: "prometheus",
  title: "Prometheus",
  summary:
    "Asks a Prometheus server, or anything that speaks its API, for the numbers that your own dashboards show: one instant query a metric.",
  configSchema: prometheusConfigSchema,
  examples: [
    {
      title: "Error rate of the last minute",
      config: {
        url: "http://prometheus.example:9090",
        queries: {
          error_rate: {
            query: 'sum(rate(http_requests_total{status=~"5.."}[1m])) / sum(rate(http_requests_total[1m]))',
            requests: "sum(increase(http_requests_total[1m]))",
          },
        },
      },
    },
  ],
  metrics: ({ queries }) => Object.keys(queries) as MetricName[],
  intervalMs: ({ intervalMs }) => intervalMs,
}
