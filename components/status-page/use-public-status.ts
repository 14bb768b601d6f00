"use client"
import { useEffect, useState } from "react"
import type { PublicStatus } from "@/lib/contracts/api/status-page"

const REFRESH_MS = 30_000

/** What the page was rendered with, then what the console says. `failed`: it could not be asked the last time. */
export function usePublicStatus(first: PublicStatus): { status: PublicStatus; failed: boolean } {
  const [status, setStatus] = useState(first)
  const [failed, setFailed] = useState(false)
  const { key } = first.service
  useEffect(() => {
    const left = new AbortController()
    const ask = async () => {
      if (document.hidden) return
      try {
        const answer = await fetch(`/api/v1/status/${encodeURIComponent(key)}`, {
          credentials: "omit",
          signal: left.signal,
        })
        if (!answer.ok) throw new Error(`answered ${answer.status}`)
        const fresh: PublicStatus = await answer.json()
        setStatus((known) => (fresh.asOf > known.asOf ? fresh : known))
        setFailed(false)
      } catch {
        if (!left.signal.aborted) setFailed(true)
      }
    }
    // The page may have been kept on its way here.
    void ask()
    const timer = setInterval(ask, REFRESH_MS)
    document.addEventListener("visibilitychange", ask)
    return () => {
      left.abort()
      clearInterval(timer)
      document.removeEventListener("visibilitychange", ask)
    }
  }, [key])
  return { status, failed }
}
