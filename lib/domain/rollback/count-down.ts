import type { NewRun } from "@/lib/domain/release/decision"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"

const SHORTEST_COUNTDOWN_MS = 5_000

/** A rollback that acts by itself when its countdown is over, unless a person stops it before. */
export function countDown(
  state: ReleaseState,
  countdown: {
    /** Null: an incident that nobody resolved in time. */
    triggerKey: string | null
    reason: string
    rollback: QueuedRun
    to: DeployedVersion
    doesNotUndo: string[]
    nowIso: string
  },
  actor: Actor,
): { events: NewEvent[]; runs: NewRun[]; executesAt: string } {
  const { triggerKey, reason, rollback, to, doesNotUndo, nowIso } = countdown
  const { countdownMs: plannedMs } = state.budgets
  // However much time is scaled down: a countdown that nobody can see, or stop, is none.
  const countdownMs = Math.max(Math.round(plannedMs * state.timeScale), Math.min(plannedMs, SHORTEST_COUNTDOWN_MS))
  const executesAt = new Date(Date.parse(nowIso) + countdownMs).toISOString()
  const { events, runs } = queueRun("rollback", { ...rollback, notBefore: executesAt }, actor)
  const data = { triggerKey, reason, runId: rollback.runId, executesAt, to, doesNotUndo }
  return { events: [...events, { type: "rollback.countdown_started", actor, data }], runs, executesAt }
}
