import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideAbort } from "@/lib/domain/run/decide-deploy"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"

/** One act during an incident: whatever deployment is under way stops at its next safe point, and the incident says why. */
export function decideStopDeploy(
  state: ReleaseState,
  { incidentId, noteId, reason }: { incidentId: string; noteId: string; reason: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  if (found.incident.status === "resolved") return refuse("conflict", "The incident is resolved.")
  const words = reason.trim()
  if (!words) return refuse("invalid", "Say why it is stopped.", { field: "reason" })
  const abort = decideAbort(state, { reason: `Incident ${found.incident.number}: ${words}` }, actor)
  // Stopped already: it is noted once.
  if (!abort.ok || abort.events.length === 0) return abort
  const text = `Stopped the deployment: ${words}`
  return { ...abort, events: [...abort.events, { type: "incident.noted", actor, data: { incidentId, noteId, text } }] }
}
