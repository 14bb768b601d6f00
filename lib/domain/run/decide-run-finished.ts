import { type Decision, type NewRun, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideRollbackFailed } from "@/lib/domain/rollback/decide-rollback-end"
import { offerRollback } from "@/lib/domain/rollback/offer-rollback"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { type QueuedRun, queueRun } from "./queue-run"

export interface RunEnd {
  runId: string
  status: EventData<"run.finished">["status"]
  /** How it ended and what is live now, in words. */
  outcome: string
  /** Queued in the same commit when a deployment passed. */
  verify?: QueuedRun
  /** Queued when what is live still needs watching: the deployment failed past the switch, the verification has no verdict. */
  watch?: QueuedRun
  /** Said with the offered rollback. */
  doesNotUndo?: string[]
}

/**
 * Ends a run, with what follows from it. Checks end by their result, verifications with a verdict by it, rollbacks by being
 * verified; one that ends otherwise has failed. Ended already: nothing more to do.
 */
export function decideRunFinished(state: ReleaseState, end: RunEnd, actor: Actor): Decision {
  const { runId, status, outcome } = end
  const run = own(state.runs, runId)
  if (!run) return refuse("not_found", "There is no such run.")
  if (run.finishedAt !== null) return { ok: true, events: [] }
  if (run.kind === "rollback" && status !== "passed") return rollbackEnded(state, end, actor)
  const events: NewEvent[] = []
  const runs: NewRun[] = []
  const queue = (kind: "verify" | "watch", next: QueuedRun | undefined) => {
    if (!next) return
    const queued = queueRun(kind, next, actor)
    events.push(...queued.events)
    runs.push(...queued.runs)
  }
  if (run.kind === "verify" && state.verification?.runId === runId && state.verification.verdict === null) {
    const data = { runId, verdict: "inconclusive" as const, reasons: [outcome] }
    events.push({ type: "verification.verdict_given", actor, data })
  }
  events.push({ type: "run.finished", actor, data: { runId, status, outcome } })
  if (run.kind === "deploy" && status === "passed") queue("verify", end.verify)
  else if (run.kind === "deploy" && state.switchedAt !== null) {
    events.push(...offerRollback(state, { reason: outcome, doesNotUndo: end.doesNotUndo ?? [] }, actor))
    queue("watch", end.watch)
  } else if (run.kind === "verify") queue("watch", end.watch)
  return { ok: true, events, runs }
}

/** A rollback that ends by itself must not leave the release rolling back, or counting down, for ever. */
function rollbackEnded(
  state: ReleaseState,
  { runId, status, outcome, doesNotUndo = [] }: RunEnd,
  actor: Actor,
): Decision {
  const { rollback } = state
  const finished: NewEvent = { type: "run.finished", actor, data: { runId, status, outcome } }
  if (rollback?.runId !== runId) return { ok: true, events: [finished] }
  if (rollback.status === "running") return decideRollbackFailed(state, { runId, reason: outcome }, actor)
  if (rollback.status !== "counting") return { ok: true, events: [finished] }
  const { triggerKey, reason, to } = rollback
  const data = { triggerKey, reason: `${reason} It could not be rolled back by itself: ${outcome}`, to, doesNotUndo }
  return { ok: true, events: [finished, { type: "rollback.asked", actor, data }] }
}
