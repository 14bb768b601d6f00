import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, TriggerState } from "@/lib/domain/release/state"

export const foldTrigger: Folds<"trigger"> = {
  "trigger.armed": (state, { data }) => {
    const triggers = { ...state.triggers }
    for (const key of data.triggerKeys) {
      const trigger = own(triggers, key)
      if (trigger && !trigger.armed) triggers[key] = { ...trigger, armed: true }
    }
    return { ...state, triggers }
  },
  "trigger.baseline_recorded": (state, { at, data }) =>
    withTrigger(state, data.triggerKey, { baseline: { at, words: data.words } }),
  "trigger.baseline_cleared": (state, { data }) => withTrigger(state, data.triggerKey, { baseline: null }),
  "trigger.breached": (state, { at, data }) =>
    withTrigger(state, data.triggerKey, { breach: { at, words: data.words, runId: data.runId } }),
}

function withTrigger(state: ReleaseState, key: string, change: Partial<TriggerState>): ReleaseState {
  const trigger = own(state.triggers, key)
  return trigger ? { ...state, triggers: { ...state.triggers, [key]: { ...trigger, ...change } } } : state
}

export function disarmed(triggers: Record<string, TriggerState>): Record<string, TriggerState> {
  if (Object.values(triggers).every((trigger) => !trigger.armed)) return triggers
  return Object.fromEntries(
    Object.entries(triggers).map(([key, trigger]) => [key, trigger.armed ? { ...trigger, armed: false } : trigger]),
  )
}
