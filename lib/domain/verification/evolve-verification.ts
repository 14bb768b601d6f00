import type { Folds } from "@/lib/domain/release/fold"

export const foldVerification: Folds<"verification"> = {
  "verification.watch_started": (state, { at, data }) =>
    state.verification?.runId === data.runId
      ? { ...state, verification: { ...state.verification, watchStartedAt: at, watchEndsAt: data.endsAt } }
      : state,
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
