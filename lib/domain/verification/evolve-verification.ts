import type { Folds } from "@/lib/domain/release/fold"
import type { ReleaseState, Verification } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"

export const foldVerification: Folds<"verification"> = {
  "verification.watch_started": (state, { at, data }) =>
    state.verification?.runId === data.runId
      ? { ...state, verification: { ...state.verification, watchStartedAt: at, watchEndsAt: data.endsAt } }
      : state,
  "verification.extended": (state, { actor, at, data }) =>
    steered(state, data, { by: actorName(actor), at, reason: data.reason, how: "extended" }),
  "verification.ended_early": (state, { actor, at, data }) =>
    steered(state, data, { by: actorName(actor), at, reason: data.reason, how: "ended_early" }),
  "verification.accepted": (state, { actor, at, data }) => {
    if (state.verification?.runId !== data.runId) return state
    const accepted = { by: actorName(actor), at, reason: data.reason }
    return {
      ...state,
      status: state.status === "verifying" ? "watching" : state.status,
      verification: { ...state.verification, accepted },
    }
  },
  "verification.verdict_given": (state, { at, data }) => {
    if (state.verification?.runId !== data.runId) return state
    const { verdict, reasons } = data
    return {
      ...state,
      status: state.status === "verifying" && verdict === "pass" ? "watching" : state.status,
      verification: { ...state.verification, verdict, reasons, decidedAt: at },
    }
  },
}

function steered(
  state: ReleaseState,
  { runId, endsAt }: { runId: string; endsAt: string },
  word: NonNullable<Verification["steered"]>,
): ReleaseState {
  if (state.verification?.runId !== runId) return state
  return { ...state, verification: { ...state.verification, watchEndsAt: endsAt, steered: word } }
}
