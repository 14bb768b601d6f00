import type { Folds } from "@/lib/domain/release/fold"
import { thresholdId } from "./threshold-state"

export const foldThreshold: Folds<"threshold"> = {
  "threshold.breached": (state, { at, data }) => ({
    ...state,
    thresholds: { ...state.thresholds, [thresholdId(data)]: { ...data, breachedAt: at, clearedAt: null } },
  }),
  "threshold.cleared": (state, { at, data }) => {
    const id = thresholdId(data)
    const before = state.thresholds[id]
    if (!before) return state
    return { ...state, thresholds: { ...state.thresholds, [id]: { ...before, words: data.words, clearedAt: at } } }
  },
}
