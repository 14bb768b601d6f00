import { metricTitles } from "@/lib/domain/metric/in-words"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDurationMs, sayDuration } from "../duration"
import { type MetricConfig, metricConfigSchema, USUAL_FOR, USUAL_SAMPLES } from "./config-schema"
import { sayLimits, saySample } from "./in-words"

export const definition: CheckDefinition<MetricConfig> = {
  kind: "metric",
  title: "A number within its limit",
  summary:
    "Compares a number with a limit: a reading of the environment's probe, or a sample of a Prometheus metrics page.",
  configSchema: metricConfigSchema,
  describe: (config) => {
    const { metric, is, url = "", name = "", labels, aggregate, eventually } = config
    if (metric) {
      const forText = sayDuration(checkDurationMs(config.for ?? USUAL_FOR))
      const least = config.minSamples ?? USUAL_SAMPLES
      return [`${metricTitles[metric]} by the probe, for ${forText}`, sayLimits(is), `from at least ${least} readings`]
    }
    const within = eventually ? ` within ${sayDuration(checkDurationMs(eventually))}` : ""
    const which = saySample(name, labels)
    return [
      `${short(aggregate ? `${aggregate} of ${which}` : which, 200)}`,
      `${sayLimits(is)}${within}`,
      `read from ${short(url, 250)}`,
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 30_000, longestTimeoutMs: 600_000 },
  examples: [
    {
      title: "Answers are fast enough",
      config: { metric: "latency_p99", for: "10s", is: "< 2000", minSamples: 3 },
    },
    {
      title: "The queue drains",
      config: { url: "{{env.baseUrl}}/metrics", name: "queue_depth", is: "<= 100", eventually: "30s" },
    },
    {
      title: "Nothing was answered with 500 yet",
      config: {
        url: "{{env.baseUrl}}/metrics",
        name: "http_requests_total",
        labels: { status: "500", route: "/api/posts" },
        is: "< 1",
        aggregate: "sum",
      },
    },
  ],
}
