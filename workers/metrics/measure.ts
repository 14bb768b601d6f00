import { setTimeout as delay } from "node:timers/promises"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import type { MeasureMetric } from "@/lib/server/checks/check-ports"
import type { RunEnvironment } from "../steps/run-environment"

/** Readings of the environment's sources for a check: one sample an interval, for as long as it wants to look. */
export function measureWith(environment: RunEnvironment, maintenanceOn: () => boolean): MeasureMetric {
  return async (metric, forMs, signal) => {
    const sources = await environment.createSources({ maintenanceOn, watched: () => null })
    const source = sources.find(({ metrics }) => metrics.has(metric as MetricName))
    if (!source) return []
    const { reader, intervalMs } = source
    const samples: Sample[] = []
    reader.start()
    try {
      for (let leftMs = forMs; leftMs > 0; leftMs -= intervalMs) {
        await delay(Math.min(intervalMs, leftMs), undefined, { signal })
        samples.push(...(await reader.take()).filter((sample) => sample.metric === metric))
      }
    } finally {
      await reader.stop()
    }
    signal.throwIfAborted()
    return samples
  }
}
