import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { changeSeverity } from "./change-severity"
import { findIncident } from "./find-incident"
import type { Severity } from "./incident-state"

/** A person judges it worse, or less bad, than it was thought to be. */
export function decideSeverity(
  state: ReleaseState,
  change: { incidentId: string; severity: Severity; reason: string },
  context: { facts: AftermathFacts; nowIso: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, change.incidentId)
  if (!found.ok) return found
  const { status, severity } = found.incident
  if (status === "resolved") return refuse("conflict", "The incident is resolved: its severity stays as it was.")
  const reason = change.reason.trim()
  if (!reason) return refuse("invalid", "Say why the severity changes.", { field: "reason" })
  if (severity === change.severity) return { ok: true, events: [] }
  return { ok: true, ...changeSeverity(state, { ...change, reason }, context, actor) }
}
