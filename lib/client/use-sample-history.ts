"use client"
import { useEffect } from "react"
import { readSampleHistory } from "./history"
import { useReleaseConnection } from "./release-context"

/** Brings the readings of before the page was opened; the stream brings what comes after. */
export function useSampleHistory(): void {
  const { releaseId, samples } = useReleaseConnection()
  useEffect(() => {
    const leaving = new AbortController()
    readSampleHistory(releaseId, (more) => samples.add(more), leaving.signal).catch(() => {})
    return () => leaving.abort()
  }, [releaseId, samples])
}
