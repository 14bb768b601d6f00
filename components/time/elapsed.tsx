"use client"
import { formatClock } from "@/lib/client/format"
import { useNow } from "@/lib/client/use-now"

/** A clock that runs from `since`, or up to `until`; once a second, or ten times where every tenth counts. */
export function Elapsed({ since, plusMs = 0 }: { since: string; plusMs?: number }) {
  const nowMs = useNow(1_000)
  return <>{formatClock(nowMs - Date.parse(since) + plusMs)}</>
}

export function Remaining({ until }: { until: string }) {
  const nowMs = useNow(1_000)
  return <>{formatClock(Math.ceil((Date.parse(until) - nowMs) / 1_000) * 1_000)}</>
}
