import { z } from "zod"
import { type MetricName, metricNames } from "@/lib/domain/metric/rule"
import type { MetricSourceDefinition } from "../contract"

const query = z.string().min(1).max(8_000)
const ofQueries = metricNames.filter((name) => name !== "alerts_firing")

export const datadogConfigSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .default("https://api.datadoghq.com")
      .describe("The API of your site: `https://api.datadoghq.eu`, `https://api.us5.datadoghq.com`, …"),
    apiKey: z.string().min(1).describe("`{{secret.DATADOG_API_KEY}}`."),
    applicationKey: z.string().min(1).describe("May read metrics and monitors: `{{secret.DATADOG_APP_KEY}}`."),
    queries: z
      .partialRecord(
        z.enum(ofQueries),
        z.strictObject({
          query: query.describe("A metrics query; `{{release.version}}` may stand in it."),
          requests: query
            .optional()
            .describe("A metrics query whose sum says how many requests are behind that number."),
          aggregator: z
            .enum(["avg", "last", "max", "min", "sum", "percentile"])
            .default("avg")
            .describe("What becomes of the points of the window."),
          scale: z
            .number()
            .positive()
            .default(1)
            .describe("What the answer is multiplied by: 1000 makes ms of seconds."),
        }),
      )
      .default({}),
    monitors: z
      .array(z.number().int().positive())
      .max(50)
      .default([])
      .describe("Ids of monitors; how many of them alert is the metric `alerts_firing`."),
    windowMs: z.number().int().min(10_000).max(86_400_000).default(300_000).describe("How far back a query looks."),
    intervalMs: z.number().int().min(1_000).max(600_000).default(30_000).describe("From one evaluation to the next."),
    timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
  })
  .refine(({ queries, monitors }) => Object.keys(queries).length + monitors.length > 0, {
    path: ["queries"],
    message: "must have a query, or there must be monitors",
  })
export type DatadogConfig = z.infer<typeof datadogConfigSchema>

export const definition: MetricSourceDefinition<DatadogConfig> = {
  kind: "datadog",
  title: "Datadog",
  summary: "Asks Datadog for the scalars of metrics queries, all in one request, and for the states of monitors.",
  configSchema: datadogConfigSchema,
  examples: [
    {
      title: "Slow answers, and two monitors",
      config: {
        ...{ apiKey: "{{secret.DATADOG_API_KEY}}", applicationKey: "{{secret.DATADOG_APP_KEY}}" },
        queries: {
          latency_p99: {
            ...{
              query: "p99:trace.http.request{service:postd,version:{{release.version}}}",
              aggregator: "max",
              scale: 1_000,
            },
            requests: "sum:trace.http.request.hits{service:postd}.as_count()",
          },
        },
        monitors: [1_234_567, 1_234_568],
      },
    },
  ],
  metrics: ({ queries, monitors }) => [
    ...(Object.keys(queries) as MetricName[]),
    ...(monitors.length > 0 ? (["alerts_firing"] as const) : []),
  ],
  intervalMs: ({ intervalMs }) => intervalMs,
}
