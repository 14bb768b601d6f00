import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { type Clocks, withClocks } from "./incident-clocks"
import type { Incident, IncidentCause, Severity } from "./incident-state"
import { severities } from "./severity"

export const isMoreSevere = (a: Severity, b: Severity) => severities.indexOf(a) < severities.indexOf(b)

/** The incident that is not resolved: the worst, of those the oldest. */
export function openIncident(state: ReleaseState): Incident | null {
  const open = Object.values(state.incidents).filter(({ status }) => status !== "resolved")
  const ordered = open.sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.number - b.number,
  )
  return ordered[0] ?? null
}

export interface Declaration {
  incidentId: string
  title: string
  severity: Severity
  cause: IncidentCause
}

/** A new incident and the clocks of its escalation, which count from this moment. */
export function declareIncident(
  state: ReleaseState,
  { incidentId, title, severity, cause }: Declaration,
  { facts, nowIso }: { facts: AftermathFacts; nowIso: string },
  actor: Actor,
): Clocks {
  const number = Math.max(0, ...Object.values(state.incidents).map((incident) => incident.number)) + 1
  const plan = facts.plans[severity]
  const data = { incidentId, number, title, severity, cause, stages: facts.stages, plan }
  return withClocks(state, { incidentId, events: [{ type: "incident.declared", actor, data }], nowIso })
}
