import type { Folds } from "@/lib/domain/release/fold"
import { personRefOf } from "@/lib/domain/timeline/actor-name"

export const foldOverride: Folds<"override"> = {
  "override.requested": (state, { actor, at, data }) => ({
    ...state,
    override: {
      id: data.overrideId,
      reason: data.reason,
      freezeIds: data.freezeIds ?? [],
      requestedBy: personRefOf(actor),
      requestedAt: at,
      approvedBy: null,
      approvedAt: null,
      expiresAt: null,
    },
  }),
  "override.approved": (state, { actor, at, data }) =>
    state.override?.id === data.overrideId
      ? {
          ...state,
          override: { ...state.override, approvedBy: personRefOf(actor), approvedAt: at, expiresAt: data.expiresAt },
        }
      : state,
  "override.withdrawn": (state, { data }) =>
    state.override?.id === data.overrideId ? { ...state, override: null } : state,
}
