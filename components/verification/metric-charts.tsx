"use client"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { useSampleHistory } from "@/lib/client/use-sample-history"
import { chartedMetrics } from "./charted-metrics"
import { MetricCard } from "./metric-card"

export function MetricCharts() {
  const playbook = useSnapshot((snapshot) => snapshot.playbook)
  const triggers = useRelease((release) => release.triggers)
  useSampleHistory()
  return (
    <div className="grid gap-4 sm:grid-cols-2 2xl:grid-cols-3">
      {chartedMetrics(playbook, triggers).map((metric) => (
        <MetricCard key={metric.metric} metric={metric} />
      ))}
    </div>
  )
}
