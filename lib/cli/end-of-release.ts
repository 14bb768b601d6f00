import type { ReleaseState } from "@/lib/domain/release/state"
import type { Tone } from "@/lib/domain/timeline/describe"
import { exits } from "./exits"

export interface End {
  exitCode: number
  words: string
  tone: Tone
}

/**
 * How the going live of a release has ended, for a pipeline; null: it has not begun, or goes on. A rollback under way is
 * waited for, whatever the verdict; one that only was offered waits for people, and the verdict stands.
 */
export function endOfRelease(release: ReleaseState): End | null {
  const { status, rollback, verification, runs, runOrder } = release
  const no = (words: string): End => ({ exitCode: exits.no, words, tone: "bad" })
  if (rollback?.status === "done") return no(`Rolled back to ${rollback.to?.version ?? "the previous version"}.`)
  if (rollback?.status === "failed") return no(`The rollback failed. ${rollback.failedReason ?? ""}`.trim())
  if (rollback?.status === "counting" || rollback?.status === "running") return null
  if (verification?.verdict) return ofVerdict(verification.verdict, verification.reasons.join(" "))
  if (status === "closed") {
    return { exitCode: exits.inconclusive, words: "The release was closed without a verdict.", tone: "warning" }
  }
  const last = runOrder.map((id) => runs[id]).findLast((run) => run?.kind === "deploy" || run?.kind === "start")
  if (!last?.finishedAt || last.status === "passed") return null
  const what = last.kind === "deploy" ? "The deployment" : "The start"
  return no(`${what} ended: ${last.status}.${last.outcome ? ` ${last.outcome}` : ""}`)
}

function ofVerdict(verdict: "pass" | "fail" | "inconclusive", reasons: string): End {
  const words = `The verdict is: ${verdict}.${reasons ? ` ${reasons}` : ""}`
  if (verdict === "pass") return { exitCode: exits.ok, words, tone: "good" }
  if (verdict === "fail") return { exitCode: exits.no, words, tone: "bad" }
  return { exitCode: exits.inconclusive, words, tone: "warning" }
}
