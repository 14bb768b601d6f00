"use client"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { refreshSnapshot, useRelease, useReleaseConnection } from "@/lib/client/release-context"
import type { ReleaseState } from "@/lib/domain/release/state"
import { coveredContent } from "@/lib/domain/signoff/covered-content"

const SETTLE_MS = 250

/** The hash is the server's to compute: after a change of what it covers it is asked for again. True while it is right. */
export function useFreshContentHash(): boolean {
  const { releaseId } = useReleaseConnection()
  const covered = useRelease(coveredText)
  const client = useQueryClient()
  const [hashed, setHashed] = useState(covered)
  useEffect(() => {
    if (covered === hashed) return
    const timer = setTimeout(() => {
      refreshSnapshot(client, releaseId).then(
        ({ release }) => setHashed(coveredText(release)),
        () => {},
      )
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [covered, hashed, client, releaseId])
  return covered === hashed
}

/** By value: each reading of the snapshot gives new objects, and asking again for each would never end. */
function coveredText(release: ReleaseState): string {
  return JSON.stringify(coveredContent(release))
}
