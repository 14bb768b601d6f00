import { provedFollowups } from "@/lib/domain/followup/decide-followup"
import { type Decision, type NewRun, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, RollbackState, Verdict } from "@/lib/domain/release/state"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { EventData } from "@/lib/domain/timeline/event-types"

/** The previous version answers and is verified: the stopwatch stops, and the environment is locked until a person unlocks it. */
export function decideVerified(
  state: ReleaseState,
  { runId, nowIso, afterwards }: { runId: string; nowIso: string; afterwards?: Afterwards },
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
  const after = afterwards ? whatFollows(afterwards, { nowIso, outcome }, actor) : { events: [], runs: [] }
  return {
    ok: true,
    events: [
      { type: "rollback.verified", actor, data: { runId, stopwatchMs } },
      { type: "run.finished", actor, data: { runId, status: "passed", outcome } },
      { type: "environment.locked", actor, data: { reason } },
      ...after.events,
    ],
    runs: after.runs,
  }
}

/** What the playbook wants done after a rollback. */
export interface Afterwards {
  followups: EventData<"followup.opened">["followups"]
  /** The watch over the version that is live again; null: none is asked for. */
  watch: { run: QueuedRun; durationMs: number } | null
}

function whatFollows(
  { followups, watch }: Afterwards,
  { nowIso, outcome }: { nowIso: string; outcome: string },
  actor: Actor,
): { events: NewEvent[]; runs: NewRun[] } {
  const events: NewEvent[] = []
  if (followups.length > 0) events.push({ type: "followup.opened", actor, data: { list: "post_rollback", followups } })
  for (const { key, proof } of followups) {
    if (proof === "verified") events.push({ type: "followup.done", actor, data: { followupKey: key, note: outcome } })
  }
  if (!watch) return { events, runs: [] }
  const queued = queueRun("watch", watch.run, actor)
  const endsAt = new Date(Date.parse(nowIso) + watch.durationMs).toISOString()
  events.push(...queued.events, { type: "rollback.watch_started", actor, data: { runId: watch.run.runId, endsAt } })
  return { events, runs: queued.runs }
}

/** The watch over the version that is live again is over; where it passed, what it proves is done. */
export function decideRollbackWatched(
  state: ReleaseState,
  { runId, verdict, reasons }: { runId: string; verdict: Verdict; reasons: string[] },
  actor: Actor,
): Decision {
  const watch = state.rollback?.watch
  if (watch?.runId !== runId || watch.verdict !== null) return { ok: true, events: [] }
  const outcome = reasons.join(" ") || `The verdict is: ${verdict}.`
  const status = verdict === "pass" ? "passed" : verdict === "fail" ? "failed" : "inconclusive"
  return {
    ok: true,
    events: [
      { type: "rollback.watched", actor, data: { runId, verdict, reasons } },
      { type: "run.finished", actor, data: { runId, status, outcome } },
      ...(verdict === "pass" ? provedFollowups(state, "watch", outcome, actor) : []),
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
