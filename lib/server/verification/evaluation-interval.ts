import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import { metricDefinitions } from "@/lib/metrics/definitions.gen"

/** How long it takes at most from one reading of a metric to its next, over all sources of an environment. */
export function evaluationIntervalMs({ sources, probe }: Pick<EnvironmentConfig, "sources" | "probe">): number {
  const intervals = sources.map(({ kind, config }) => {
    const definition = Object.hasOwn(metricDefinitions, kind) ? metricDefinitions[kind as "probe"] : undefined
    const parsed = definition?.configSchema.safeParse(config)
    return definition && parsed?.success ? definition.intervalMs(parsed.data) : 0
  })
  return Math.max(probe.intervalMs, ...intervals)
}
