import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, Verification } from "@/lib/domain/release/state"
import { unfinishedRuns } from "@/lib/domain/run/find-run"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"

/** "Not sure": the watch goes on for so much longer. After an inconclusive verdict it is begun anew (`again`), for as long. */
export function decideExtend(
  state: ReleaseState,
  { byMs, reason, again }: { byMs: number; reason: string; again: QueuedRun },
  actor: Actor,
): Decision {
  if (!reason.trim()) return refuse("invalid", "Say why it is watched longer.", { field: "reason" })
  const { verification } = state
  if (isWatched(state, verification)) {
    const endsAt = new Date(Date.parse(verification.watchEndsAt) + byMs).toISOString()
    const data = { runId: verification.runId, endsAt, reason: reason.trim() }
    return { ok: true, events: [{ type: "verification.extended", actor, data }] }
  }
  if (verification?.verdict !== "inconclusive" || state.status !== "verifying") return notWatched(state)
  const ended: NewEvent[] = unfinishedRuns(state, ["watch"]).map(({ id }) => ({
    type: "run.finished",
    actor,
    data: { runId: id, status: "cancelled", outcome: `Watched again for a verdict: ${reason.trim()}` },
  }))
  const queued = queueRun("verify", again, actor)
  return { ok: true, events: [...ended, ...queued.events], runs: queued.runs }
}

/** "Looks fine": the watch ends now, and the verdict is given on what there is. Too little is still no pass. */
export function decideEndEarly(
  state: ReleaseState,
  { reason, nowIso }: { reason: string; nowIso: string },
  actor: Actor,
): Decision {
  if (!reason.trim()) return refuse("invalid", "Say why it is ended early.", { field: "reason" })
  const { verification } = state
  if (!isWatched(state, verification)) return notWatched(state)
  const data = { runId: verification.runId, endsAt: nowIso, reason: reason.trim() }
  return { ok: true, events: [{ type: "verification.ended_early", actor, data }] }
}

/** A person takes the release as it is, though the verdict was not a pass. Triggers stay armed. */
export function decideAccept(state: ReleaseState, { reason }: { reason: string }, actor: Actor): Decision {
  if (!reason.trim()) return refuse("invalid", "Say why it is taken as it is.", { field: "reason" })
  const { verification, status } = state
  if (!verification?.verdict || verification.verdict === "pass" || status !== "verifying") {
    return refuse("conflict", "There is no verdict that waits for a person.", { detail: { status } })
  }
  const data = { runId: verification.runId, reason: reason.trim() }
  return { ok: true, events: [{ type: "verification.accepted", actor, data }] }
}

type Watched = Verification & { watchEndsAt: string }

function isWatched(state: ReleaseState, verification: Verification | null): verification is Watched {
  return state.status === "verifying" && verification?.watchEndsAt != null && verification.verdict === null
}

function notWatched(state: ReleaseState): Decision {
  return refuse("conflict", "No watch is under way.", { detail: { status: state.status } })
}
