"use client"
import { useEffect, useState } from "react"
import { formatAgo, formatInstant } from "@/lib/client/format"

/** An instant: the UTC date as rendered on the server, `4 min ago` once the browser's clock is known. */
export function RenderedAgo({ at }: { at: string }) {
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => {
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={`${formatInstant(at, "UTC")} UTC`}>
      {nowMs === null || Date.parse(at) > nowMs ? formatInstant(at, "UTC") : formatAgo(Date.parse(at), nowMs)}
    </time>
  )
}
