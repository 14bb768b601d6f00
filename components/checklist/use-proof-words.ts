"use client"
import { useEffect, useRef, useState } from "react"
import { formatDuration } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { type ProofReading, proofCounts } from "./read-proof"

/** What a screen reader is told of a "prove all": that it began, each failure, and how it ended. Nothing of what was before. */
export function useProofWords(proof: ProofReading | null): string {
  const items = useRelease((release) => release.items)
  const [words, setWords] = useState("")
  const before = useRef(proof)
  useEffect(() => {
    const was = before.current
    before.current = proof
    if (!proof || proof === was) return
    const same = was?.id === proof.id
    if (!same) return setWords(`Proving ${proof.total} ${proof.total === 1 ? "item" : "items"}.`)
    if (proof.finishedAt && !was?.finishedAt) {
      const tookMs = Date.parse(proof.finishedAt) - Date.parse(proof.startedAt)
      return setWords(`Proved ${proof.total} items in ${formatDuration(tookMs)}: ${proofCounts(proof).join(", ")}.`)
    }
    const fresh = proof.failedKeys.filter((key) => !was?.failedKeys.includes(key))
    if (fresh.length > 0) setWords(`Failed: ${fresh.map((key) => items[key]?.title ?? key).join(", ")}.`)
  }, [proof, items])
  return words
}
