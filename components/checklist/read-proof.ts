import { type ProofProgress, proofProgress } from "@/lib/domain/checklist/proof-progress"
import type { ReleaseState } from "@/lib/domain/release/state"

export interface ProofReading extends ProofProgress {
  id: string
  by: string
  /** Item keys in the order in which they were asked for. */
  failedKeys: string[]
  troubledKeys: string[]
}

/** The last "prove all" with which of its items went how. Null: there was none. */
export function readProof({ proof, runs }: Pick<ReleaseState, "proof" | "runs">): ProofReading | null {
  const progress = proofProgress({ proof, runs })
  if (!proof || !progress) return null
  const ended = Object.entries(proof.runIds).flatMap(([itemKey, runId]) => {
    const run = runs[runId]
    return run && run.finishedAt !== null ? [{ itemKey, status: run.status }] : []
  })
  const keysOf = (is: (status: string) => boolean) => ended.flatMap((one) => (is(one.status) ? [one.itemKey] : []))
  return {
    ...progress,
    id: proof.id,
    by: proof.by,
    failedKeys: keysOf((status) => status === "failed"),
    troubledKeys: keysOf((status) => status !== "failed" && status !== "passed"),
  }
}

/** `22 passed`, `2 failed`, `1 in trouble`, without what there is none of; `all passed`. */
export function proofCounts({ total, passed, failed, troubled }: ProofProgress): string[] {
  if (total > 1 && passed === total) return ["all passed"]
  return [
    passed > 0 ? `${passed} passed` : "",
    failed > 0 ? `${failed} failed` : "",
    troubled > 0 ? `${troubled} in trouble` : "",
  ].filter(Boolean)
}
