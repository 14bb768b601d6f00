import type { Folds } from "@/lib/domain/release/fold"
import type { ReleaseState, RollbackState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { disarmed } from "./evolve-trigger"

export const foldRollback: Folds<"rollback"> = {
  "rollback.asked": (state, { at, data }) => ({
    ...state,
    rollback: { ...fresh(state), ...data, status: "asked", breachedAt: at },
  }),
  "rollback.countdown_started": (state, { at, data }) => ({
    ...state,
    rollback: { ...fresh(state), ...data, status: "counting", breachedAt: at },
  }),
  "rollback.countdown_stopped": (state, { actor, at, data }) =>
    ended(state, { status: "stopped", stoppedReason: data.reason, stoppedBy: actorName(actor), stoppedAt: at }),
  "rollback.decided": (state, { actor, at, data }) => {
    const before = state.rollback
    const countedDown = before?.status === "counting" && before.runId === data.runId
    return {
      ...state,
      status: "rolling_back",
      // The version that they watch is being taken away, and a rollback is never rolled back by itself.
      triggers: disarmed(state.triggers),
      rollback: {
        ...fresh(state),
        ...data,
        status: "running",
        from: before?.status === "failed" ? before.from : state.live,
        breachedAt: before && before.triggerKey === data.triggerKey ? before.breachedAt : null,
        executesAt: countedDown ? before.executesAt : null,
        // A countdown's end is the decision, however late a worker comes to carry it out.
        decidedAt: countedDown && before.executesAt && before.executesAt < at ? before.executesAt : at,
        by: actorName(actor),
      },
    }
  },
  "rollback.reverted": (state, { data }) =>
    state.rollback?.to ? ended(state, { to: { ...state.rollback.to, commit: data.commit } }) : state,
  "rollback.verified": (state, { at, data }) => ({
    ...ended(state, { status: "done", verifiedAt: at, stopwatchMs: data.stopwatchMs }),
    status: "rolled_back",
  }),
  "rollback.watch_started": (state, { data }) =>
    ended(state, { watch: { runId: data.runId, endsAt: data.endsAt, verdict: null, reasons: [] } }),
  "rollback.watched": (state, { data }) => {
    const watch = state.rollback?.watch
    if (watch?.runId !== data.runId) return state
    return ended(state, { watch: { ...watch, verdict: data.verdict, reasons: data.reasons } })
  },
  "rollback.failed": (state, { data }) => ({
    ...ended(state, { status: "failed", failedReason: data.reason }),
    status: "rollback_failed",
  }),
}

function fresh(state: ReleaseState): RollbackState {
  return {
    status: "asked",
    triggerKey: null,
    reason: "",
    breachedAt: null,
    decidedAt: null,
    executesAt: null,
    by: null,
    runId: null,
    option: "promote_previous",
    from: state.live,
    to: null,
    stoppedReason: null,
    stoppedBy: null,
    stoppedAt: null,
    failedReason: null,
    verifiedAt: null,
    stopwatchMs: null,
    doesNotUndo: [],
    watch: null,
  }
}

function ended(state: ReleaseState, change: Partial<RollbackState>): ReleaseState {
  return state.rollback ? { ...state, rollback: { ...state.rollback, ...change } } : state
}
