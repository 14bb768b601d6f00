import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { TriggerState } from "@/lib/domain/release/state"

export const foldTrigger: Folds<"trigger"> = {
  "trigger.armed": (state, { data }) => {
    const triggers = { ...state.triggers }
    for (const key of data.triggerKeys) {
      const trigger = own(triggers, key)
      if (trigger && !trigger.armed) triggers[key] = { ...trigger, armed: true }
    }
    return { ...state, triggers }
  },
  "trigger.breached": (state, { at, data }) => {
    const trigger = own(state.triggers, data.triggerKey)
    if (!trigger) return state
    const breach = { at, words: data.words, runId: data.runId }
    return { ...state, triggers: { ...state.triggers, [data.triggerKey]: { ...trigger, breach } } }
  },
}

export function disarmed(triggers: Record<string, TriggerState>): Record<string, TriggerState> {
  if (Object.values(triggers).every((trigger) => !trigger.armed)) return triggers
  return Object.fromEntries(
    Object.entries(triggers).map(([key, trigger]) => [key, trigger.armed ? { ...trigger, armed: false } : trigger]),
  )
}
