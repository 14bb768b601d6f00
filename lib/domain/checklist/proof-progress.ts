import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"

export interface ProofProgress {
  total: number
  passed: number
  failed: number
  /** Checks that could not be carried out, or came too late. */
  troubled: number
  /** Item keys whose check is queued or running. */
  open: string[]
  startedAt: string
  /** Null: not all have ended. */
  finishedAt: string | null
  /** The check that took longest, from its claim to its end. */
  slowest: { itemKey: string; tookMs: number } | null
}

/** How far the last "prove all" is. Null: there was none. */
export function proofProgress({ proof, runs }: Pick<ReleaseState, "proof" | "runs">): ProofProgress | null {
  if (!proof) return null
  const checks = Object.entries(proof.runIds).flatMap(([itemKey, runId]) => {
    const run = own(runs, runId)
    return run ? [{ itemKey, run }] : []
  })
  const ended = checks.filter(({ run }) => run.finishedAt !== null)
  const times = ended.flatMap(({ itemKey, run: { startedAt, finishedAt } }) =>
    startedAt && finishedAt ? [{ itemKey, tookMs: Date.parse(finishedAt) - Date.parse(startedAt) }] : [],
  )
  const passed = ended.filter(({ run }) => run.status === "passed").length
  const failed = ended.filter(({ run }) => run.status === "failed").length
  const open = checks.filter(({ run }) => run.finishedAt === null).map(({ itemKey }) => itemKey)
  const last =
    ended
      .map(({ run }) => run.finishedAt ?? "")
      .sort()
      .at(-1) ?? ""
  return {
    total: checks.length,
    passed,
    failed,
    troubled: ended.length - passed - failed,
    open,
    startedAt: proof.startedAt,
    finishedAt: open.length === 0 ? last || proof.startedAt : null,
    slowest: times.reduce<ProofProgress["slowest"]>(
      (most, each) => (!most || each.tookMs > most.tookMs ? each : most),
      null,
    ),
  }
}
