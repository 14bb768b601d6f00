import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { Followup, ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"

export const foldFollowup: Folds<"followup"> = {
  "followup.opened": (state, { data }) => {
    const followups = { ...state.followups }
    const before = Object.values(followups).filter(({ list }) => list === data.list).length
    // A second rollback asks for the same anew; an incident's actions come one after the other.
    const first = data.list === "post_incident" ? before : 0
    for (const [index, given] of data.followups.entries()) {
      const { assignee = null, subject = null } = given
      const position = first + index
      followups[given.key] = {
        ...given,
        list: data.list,
        position,
        assignee,
        subject,
        revision: 0,
        done: null,
        found: null,
      }
    }
    return { ...state, followups }
  },
  "followup.assigned": (state, { data }) => changed(state, data.followupKey, { assignee: data.assignee }),
  "followup.done": (state, { actor, at, data }) =>
    changed(state, data.followupKey, { done: { by: actorName(actor), at, note: data.note } }),
  "followup.reopened": (state, { data }) => changed(state, data.followupKey, { done: null }),
  "followup.due": (state, { at, data }) => {
    const followups = { ...state.followups }
    for (const { followupKey: key, words } of data.left) {
      const followup = own(followups, key)
      // What the console says about it is no change by a person: whoever is writing meanwhile is not refused.
      if (followup && words !== null) followups[key] = { ...followup, found: { at, words } }
    }
    return { ...state, followups }
  },
}

function changed(state: ReleaseState, key: string, change: Partial<Followup>): ReleaseState {
  const followup = own(state.followups, key)
  if (!followup) return state
  const next = { ...followup, ...change, revision: followup.revision + 1 }
  return { ...state, followups: { ...state.followups, [key]: next } }
}
