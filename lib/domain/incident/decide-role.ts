import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"
import type { IncidentRole } from "./incident-state"

/** Gives a role of the response to somebody, hands it over, or takes it back (`person` null). */
export function decideRole(
  state: ReleaseState,
  given: { incidentId: string; role: IncidentRole; person: PersonRef | null; note: string | null },
  actor: Actor,
): Decision {
  const found = findIncident(state, given.incidentId)
  if (!found.ok) return found
  const holder = found.incident.roles[given.role]
  if (holder?.id === given.person?.id) return { ok: true, events: [] }
  return {
    ok: true,
    events: [{ type: "incident.role_given", actor, data: { ...given, note: given.note?.trim() || null } }],
  }
}
