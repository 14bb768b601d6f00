"use client"
import { useEffect } from "react"
import { readSampleHistory } from "@/lib/client/history"
import { useRelease, useReleaseConnection, useSnapshot } from "@/lib/client/release-context"
import { chartedMetrics } from "./charted-metrics"
import { MetricCard } from "./metric-card"

export function MetricCharts() {
  const { releaseId, samples } = useReleaseConnection()
  const playbook = useSnapshot((snapshot) => snapshot.playbook)
  const triggers = useRelease((release) => release.triggers)
  useEffect(() => {
    const leaving = new AbortController()
    readSampleHistory(releaseId, (more) => samples.add(more), leaving.signal).catch(() => {})
    return () => leaving.abort()
  }, [releaseId, samples])
  return (
    <div className="grid gap-4 sm:grid-cols-2 2xl:grid-cols-3">
      {chartedMetrics(playbook, triggers).map((metric) => (
        <MetricCard key={metric.metric} metric={metric} />
      ))}
    </div>
  )
}
