import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"

export interface IncidentAction {
  incidentId: string
  /** Unique among the follow-ups of the release. */
  key: string
  title: string
  detail: string | null
  assignee: PersonRef | null
  dueAt: string | null
}

/** What is changed so that it does not happen again, with who sees to it. */
export function decideIncidentAction(state: ReleaseState, action: IncidentAction, actor: Actor): Decision {
  const { incidentId, key, title, detail, assignee, dueAt } = action
  if (!own(state.incidents, incidentId)) return refuse("not_found", "This release has no such incident.")
  if (own(state.followups, key)) return refuse("conflict", "There is a follow-up with this key.")
  const followup = { key, title, detail: detail ?? "", commands: [], proof: null, dueAt, assignee, subject: incidentId }
  return {
    ok: true,
    events: [{ type: "followup.opened", actor, data: { list: "post_incident", followups: [followup] } }],
  }
}
