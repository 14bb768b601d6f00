"use client"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { refreshSnapshot, useRelease, useReleaseConnection } from "@/lib/client/release-context"

const SETTLE_MS = 250

/** The hash is the server's to compute: after a change of the checklist it is asked for again. True while it is right. */
export function useFreshContentHash(): boolean {
  const { releaseId } = useReleaseConnection()
  const items = useRelease((release) => release.items)
  const client = useQueryClient()
  const [hashed, setHashed] = useState(items)
  const first = useRef(items)
  useEffect(() => {
    if (items === first.current) return
    const timer = setTimeout(() => {
      refreshSnapshot(client, releaseId).then(
        () => setHashed(items),
        () => {},
      )
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [items, client, releaseId])
  return hashed === items || items === first.current
}
