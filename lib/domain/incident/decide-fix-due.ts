import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { offerRollback } from "@/lib/domain/rollback/offer-rollback"
import { rollbackTarget } from "@/lib/domain/rollback/rollback-target"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"

/** The time for a repair is over: it is said, and where there is something to go back to, people are asked. */
export function decideFixDue(
  state: ReleaseState,
  { incidentId, doesNotUndo }: { incidentId: string; doesNotUndo: string[] },
  actor: Actor,
): Decision {
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  const { status, fixOverdueAt, fixWithinMs, number, title } = found.incident
  if (status === "resolved" || fixOverdueAt !== null || fixWithinMs === null) return { ok: true, events: [] }
  const reason = `Incident ${number} (${title}) was not repaired in time.`
  const asked = rollbackTarget(state).possible ? offerRollback(state, { reason, doesNotUndo }, actor) : []
  return { ok: true, events: [{ type: "incident.fix_overdue", actor, data: { incidentId } }, ...asked] }
}
