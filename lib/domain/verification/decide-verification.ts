import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, Verdict } from "@/lib/domain/release/state"
import { offerRollback } from "@/lib/domain/rollback/offer-rollback"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"

/** The watch began. Begun already: the first end stands, whoever resumes it. */
export function decideWatchStarted(
  state: ReleaseState,
  { runId, endsAt }: { runId: string; endsAt: string },
  actor: Actor,
): Decision {
  if (state.verification?.runId !== runId) return refuse("conflict", "This verification is not under way.")
  if (state.verification.watchEndsAt !== null) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "verification.watch_started", actor, data: { runId, endsAt } }] }
}

const ends = { pass: "passed", fail: "failed", inconclusive: "inconclusive" } as const

/**
 * Gives the verdict, ends the verification and keeps watching, whatever the verdict: triggers stay armed while people
 * think. A failed verification offers the rollback.
 */
export function decideVerdict(
  state: ReleaseState,
  {
    runId,
    verdict,
    reasons,
    watch,
    doesNotUndo,
  }: { runId: string; verdict: Verdict; reasons: string[]; watch: QueuedRun; doesNotUndo: string[] },
  actor: Actor,
): Decision {
  const run = own(state.runs, runId)
  if (state.verification?.runId !== runId || !run) return refuse("conflict", "This verification is not under way.")
  if (run.finishedAt !== null || state.verification.verdict !== null) return { ok: true, events: [] }
  const outcome = reasons.join(" ") || `The verdict is: ${verdict}.`
  const queued = queueRun("watch", watch, actor)
  return {
    ok: true,
    events: [
      { type: "verification.verdict_given", actor, data: { runId, verdict, reasons } },
      { type: "run.finished", actor, data: { runId, status: ends[verdict], outcome } },
      ...(verdict === "fail" ? offerRollback(state, { reason: outcome, doesNotUndo }, actor) : []),
      ...queued.events,
    ],
    runs: queued.runs,
  }
}
