"use client"
import { useEffect } from "react"
import { LogViewer } from "@/components/log/log-viewer"
import { readLogHistory } from "@/lib/client/history"
import { useLogs, useReleaseConnection } from "@/lib/client/release-context"
import type { StepState } from "@/lib/domain/release/state"

/** A step's output: its history once, then what the stream brings. */
export function StepLog({ runId, step }: { runId: string; step: StepState }) {
  const { releaseId, logs } = useReleaseConnection()
  const lines = useLogs(runId, step.key)
  useEffect(() => {
    const leaving = new AbortController()
    readLogHistory(releaseId, { runId, stepKey: step.key }, (more) => logs.add(more), leaving.signal).catch(() => {})
    return () => leaving.abort()
  }, [releaseId, runId, step.key, logs])
  return (
    <LogViewer
      lines={lines}
      label={`Output of ${step.title}`}
      live={step.status === "running"}
      downloadHref={`/api/v1/releases/${releaseId}/logs?${new URLSearchParams({ runId, stepKey: step.key })}`}
    />
  )
}
