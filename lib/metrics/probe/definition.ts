import { z } from "zod"
import type { MetricSourceDefinition } from "../contract"

export const probeConfigSchema = z.strictObject({
  ratePerSecond: z.number().positive().max(200).describe("Requests a second, sent at a fixed rate."),
  paths: z.array(z.string().startsWith("/")).min(1).describe("Asked in turn."),
  intervalMs: z.number().int().min(100).max(60_000).describe("One sample a metric for each interval."),
  timeoutMs: z.number().int().min(100).max(60_000).describe("A request without an answer by then is an error."),
  oauthPath: z.string().startsWith("/").default("/api/oauth/meta").describe("Must redirect to the provider."),
  queuePath: z
    .string()
    .startsWith("/")
    .default("/api/queue")
    .describe("Answers `depth` in JSON where there is a queue."),
})
export type ProbeConfig = z.infer<typeof probeConfigSchema>

export const definition: MetricSourceDefinition<ProbeConfig> = {
  kind: "probe",
  title: "Requests from outside",
  summary:
    "Asks the service as its users do, at a fixed rate that does not slow down when the answers do, and counts what came back and how long it took.",
  configSchema: probeConfigSchema,
  examples: [
    {
      title: "Ten a second",
      config: { ratePerSecond: 10, paths: ["/", "/health"], intervalMs: 5_000, timeoutMs: 10_000 },
    },
  ],
  metrics: () => ["request_rate", "error_rate", "latency_p99", "oauth_success_rate", "queue_depth", "uptime"],
  intervalMs: ({ intervalMs }) => intervalMs,
}
