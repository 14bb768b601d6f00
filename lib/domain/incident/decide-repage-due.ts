import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"
import type { Incident, IncidentLevel } from "./incident-state"

/**
 * What the acknowledgement promised did not come: whoever gave it is called again, and with them whoever is on call for the
 * highest level that has had its turn. Levels to come call again as usual.
 */
export function decideRepageDue(
  state: ReleaseState,
  { incidentId, onCall, nowIso }: { incidentId: string; onCall: readonly PersonRef[]; nowIso: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  const { incident } = found
  const { acknowledged } = incident
  if (!acknowledged || acknowledged.repageAt > nowIso) return { ok: true, events: [] }
  const highest = highestPaged(incident)
  const { by } = acknowledged
  return {
    ok: true,
    events: [
      { type: "incident.acknowledgement_lapsed", actor, data: { incidentId } },
      {
        type: "incident.paged",
        actor,
        data: {
          incidentId,
          level: highest?.n ?? 0,
          how: "repage",
          target: highest?.page ?? by.name,
          people: [by, ...onCall.filter(({ id }) => id !== by.id)],
        },
      },
    ],
  }
}

/** The last of the page levels whose time has come, whether somebody was called then or it was held. */
export function highestPaged({ levels }: Incident): IncidentLevel | null {
  const reached = levels.filter(({ page, status }) => page !== null && (status === "paged" || status === "held"))
  return reached.sort((a, b) => (b.afterMs ?? 0) - (a.afterMs ?? 0) || b.n - a.n)[0] ?? null
}
