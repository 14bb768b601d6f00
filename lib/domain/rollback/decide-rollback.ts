import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { DeployedVersion, ReleaseState, RollbackOption } from "@/lib/domain/release/state"
import { unfinishedRuns } from "@/lib/domain/run/find-run"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { rollbackTarget } from "./rollback-target"

/** A person's word: it begins at once and ends whatever is under way. No window, checklist or signature can block it. */
export function decideStartByHand(
  state: ReleaseState,
  {
    reason,
    triggerKey,
    rollback,
    doesNotUndo,
    option = "promote_previous",
    to,
  }: {
    reason: string
    triggerKey?: string | null
    rollback: QueuedRun
    doesNotUndo: string[]
    option?: RollbackOption
    /** What is to be live; left out: what was before. */
    to?: DeployedVersion
  },
  actor: Actor,
): Decision {
  const target = rollbackTarget(state)
  if (!target.possible) return refuse("conflict", target.words, { detail: { status: state.status } })
  if (!reason.trim()) return refuse("invalid", "Say why it is rolled back.", { field: "reason" })
  if (triggerKey && !own(state.triggers, triggerKey)) {
    return refuse("invalid", `There is no trigger “${triggerKey}”.`, { field: "triggerKey" })
  }
  const pending = state.rollback && ["asked", "counting"].includes(state.rollback.status) ? state.rollback : null
  const queued = queueRun("rollback", rollback, actor)
  return {
    ok: true,
    events: [
      ...endOthers(state, rollback.runId, actor),
      ...queued.events,
      {
        type: "rollback.decided",
        actor,
        data: {
          runId: rollback.runId,
          reason: reason.trim(),
          triggerKey: triggerKey ?? pending?.triggerKey ?? null,
          option,
          to: to ?? target.to,
          doesNotUndo,
        },
      },
    ],
    runs: queued.runs,
  }
}

/** Stops the countdown, as long as it has not been carried out. Triggers stay armed. */
export function decideStopCountdown(state: ReleaseState, { reason }: { reason: string }, actor: Actor): Decision {
  const { rollback } = state
  if (rollback?.status !== "counting" || rollback.runId === null) {
    const words = rollback?.status === "running" ? "The rollback has already begun." : "No rollback is counting down."
    return refuse("conflict", words, { detail: { rollback } })
  }
  if (!reason.trim()) return refuse("invalid", "Say why it is stopped.", { field: "reason" })
  const outcome = "The countdown was stopped. Nothing was rolled back."
  return {
    ok: true,
    events: [
      { type: "run.finished", actor, data: { runId: rollback.runId, status: "cancelled", outcome } },
      { type: "rollback.countdown_stopped", actor, data: { reason: reason.trim() } },
    ],
  }
}

/** The countdown ran out and nobody stopped it: the worker that holds the run says so before it does anything. */
export function decideCountdownOver(state: ReleaseState, { runId }: { runId: string }, actor: Actor): Decision {
  const { rollback } = state
  if (rollback?.runId !== runId) return refuse("conflict", "This rollback is no longer wanted.")
  if (rollback.status === "running") return { ok: true, events: [] }
  if (rollback.status !== "counting" || !rollback.to) return refuse("conflict", "This rollback is no longer wanted.")
  const { reason, triggerKey, option, to, doesNotUndo } = rollback
  return {
    ok: true,
    events: [
      ...endOthers(state, runId, actor),
      { type: "rollback.decided", actor, data: { runId, reason, triggerKey, option, to, doesNotUndo } },
    ],
  }
}

/** Nothing else may go on beside a rollback: deployment, verification, watch, a countdown. */
function endOthers(state: ReleaseState, exceptRunId: string, actor: Actor): NewEvent[] {
  return unfinishedRuns(state, ["deploy", "verify", "watch", "rollback"])
    .filter((run) => run.id !== exceptRunId)
    .map((run) => ({
      type: "run.finished",
      actor,
      data: {
        runId: run.id,
        status: run.kind === "rollback" || run.kind === "watch" ? "cancelled" : "aborted",
        outcome: "Ended by the rollback.",
      },
    }))
}
