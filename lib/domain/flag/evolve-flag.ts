import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { FlagRecord, ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"

export const foldFlag: Folds<"flag"> = {
  "flag.asked": (state, { actor, at, data }) => {
    const { flagKey, title, on, reason, runId } = data
    const before = own(state.flags, flagKey)
    const flag: FlagRecord = {
      ...{ key: flagKey, title, wanted: on, on: before?.on ?? null, reason, runId },
      ...{ by: actorName(actor), askedAt: at, turnedAt: null, tookMs: null, problem: null },
    }
    return { ...state, flags: { ...state.flags, [flagKey]: flag } }
  },
  "flag.turned": (state, { at, data }) =>
    changed(state, data.flagKey, { on: data.on, runId: null, turnedAt: at, tookMs: data.tookMs }),
  "flag.not_turned": (state, { data }) => changed(state, data.flagKey, { runId: null, problem: data.problem }),
}

function changed(state: ReleaseState, key: string, change: Partial<FlagRecord>): ReleaseState {
  const flag = own(state.flags, key)
  return flag ? { ...state, flags: { ...state.flags, [key]: { ...flag, ...change } } } : state
}
