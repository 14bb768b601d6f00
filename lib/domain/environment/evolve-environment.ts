import type { Folds } from "@/lib/domain/release/fold"
import { actorName } from "@/lib/domain/timeline/actor-name"

export const foldEnvironment: Folds<"environment"> = {
  "environment.locked": (state, { actor, at, data }) => ({
    ...state,
    environmentLock: { reason: data.reason, at, by: actorName(actor) },
  }),
  "environment.unlocked": (state) => ({ ...state, environmentLock: null }),
}
