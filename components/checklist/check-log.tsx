"use client"
import { useEffect } from "react"
import { LogViewer } from "@/components/log/log-viewer"
import { readLogHistory } from "@/lib/client/history"
import { useLogs, useReleaseConnection } from "@/lib/client/release-context"

/** What a running check writes. Most write nothing: then nothing is shown. */
export function CheckLog({ itemKey, title, runId }: { itemKey: string; title: string; runId: string }) {
  const { releaseId, logs } = useReleaseConnection()
  const lines = useLogs(runId, itemKey)
  useEffect(() => {
    const leaving = new AbortController()
    readLogHistory(releaseId, { runId, stepKey: itemKey }, (more) => logs.add(more), leaving.signal).catch(() => {})
    return () => leaving.abort()
  }, [releaseId, runId, itemKey, logs])
  if (lines.length === 0) return null
  return (
    <div className="min-w-0">
      <p className="mb-1 text-ink-3 text-xs">What the check writes now</p>
      <LogViewer lines={lines} label={`Output of the check: ${title}`} live />
    </div>
  )
}
