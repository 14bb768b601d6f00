import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"
import { withClocks } from "./incident-clocks"

/**
 * Somebody is on it: phones are quiet until the interval is over, and the clocks go on. Once more: the interval begins anew.
 * One that arrives after the incident was resolved changes nothing.
 */
export function decideAcknowledge(
  state: ReleaseState,
  { incidentId, note, nowIso }: { incidentId: string; note: string | null; nowIso: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  const { status, repageMs } = found.incident
  if (status === "resolved") return { ok: true, events: [] }
  const repageAt = new Date(Date.parse(nowIso) + Math.round(repageMs * state.timeScale)).toISOString()
  const data = { incidentId, note: note?.trim() || null, repageAt }
  return {
    ok: true,
    ...withClocks(state, { incidentId, events: [{ type: "incident.acknowledged", actor, data }], nowIso }),
  }
}
