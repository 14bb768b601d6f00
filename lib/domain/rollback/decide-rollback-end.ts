import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, RollbackState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"

/** The previous version answers and is verified: the stopwatch stops, and the environment is locked until a person unlocks it. */
export function decideVerified(
  state: ReleaseState,
  { runId, nowIso }: { runId: string; nowIso: string },
  actor: Actor,
): Decision {
  const { rollback } = state
  if (!isRunning(rollback, runId)) return notRunning(rollback)
  const stopwatchMs = Math.max(0, Date.parse(nowIso) - Date.parse(rollback.decidedAt ?? nowIso))
  const within = stopwatchMs <= state.budgets.rollbackMs ? "within" : "over"
  const outcome =
    `${rollback.to?.version} is live again and verified, ${durationInWords(stopwatchMs)} after the decision ` +
    `(${within} the budget of ${durationInWords(state.budgets.rollbackMs)}).`
  const reason = `${state.name} was rolled back by ${rollback.by}: ${rollback.reason}`
  return {
    ok: true,
    events: [
      { type: "rollback.verified", actor, data: { runId, stopwatchMs } },
      { type: "run.finished", actor, data: { runId, status: "passed", outcome } },
      { type: "environment.locked", actor, data: { reason } },
    ],
  }
}

/** It could not be carried out or verified: a person must look. Never followed by another rollback by itself. */
export function decideRollbackFailed(
  state: ReleaseState,
  { runId, reason }: { runId: string; reason: string },
  actor: Actor,
): Decision {
  const { rollback } = state
  if (!isRunning(rollback, runId)) return notRunning(rollback)
  return {
    ok: true,
    events: [
      { type: "rollback.failed", actor, data: { runId, reason } },
      { type: "run.finished", actor, data: { runId, status: "failed", outcome: reason } },
      { type: "environment.locked", actor, data: { reason: `The rollback of ${state.name} failed: ${reason}` } },
    ],
  }
}

function isRunning(rollback: RollbackState | null, runId: string): rollback is RollbackState {
  return rollback?.status === "running" && rollback.runId === runId
}

function notRunning(rollback: RollbackState | null): Decision {
  return refuse("conflict", "This rollback is not under way.", { detail: { status: rollback?.status ?? null } })
}
