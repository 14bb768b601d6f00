import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"

export interface FollowupChange {
  /** The revision that the writer saw. */
  revision: number
  done?: boolean
  assignee?: PersonRef | null
  note?: string | null
}

/** A person takes, hands on, ticks or unticks what is left to do. Allowed after the release is closed, too: that is when it is done. */
export function decideFollowup(state: ReleaseState, key: string, change: FollowupChange, actor: Actor): Decision {
  const followup = own(state.followups, key)
  if (!followup) return refuse("not_found", "There is no such follow-up.")
  if (change.revision !== followup.revision) {
    return refuse("stale", `“${followup.title}” was changed meanwhile.`, { detail: { followup } })
  }
  const events: NewEvent[] = []
  const { assignee, done } = change
  const note = change.note?.trim() || null
  if (assignee !== undefined && assignee?.id !== followup.assignee?.id) {
    events.push({ type: "followup.assigned", actor, data: { followupKey: key, assignee } })
  }
  if (done === true && followup.done === null) {
    events.push({ type: "followup.done", actor, data: { followupKey: key, note } })
  }
  if (done === false && followup.done !== null) {
    events.push({ type: "followup.reopened", actor, data: { followupKey: key, note } })
  }
  return { ok: true, events }
}

/** What ticks by itself, because it is so: no person has to say it again. */
export function provedFollowups(
  state: ReleaseState,
  proof: "verified" | "watch",
  note: string,
  actor: Actor,
): NewEvent[] {
  return Object.values(state.followups)
    .filter((followup) => followup.proof === proof && followup.done === null)
    .map(({ key }) => ({ type: "followup.done", actor, data: { followupKey: key, note } }))
}
