import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import type { NewTimer } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { severities } from "./incident-events"
import type { Incident, IncidentCause, IncidentPlan, Severity } from "./incident-state"

/** All timers of an incident are cancelled together by this. */
export const incidentSubject = (incidentId: string) => `incident:${incidentId}`

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
): { events: NewEvent[]; timers: NewTimer[] } {
  const number = Math.max(0, ...Object.values(state.incidents).map((incident) => incident.number)) + 1
  const plan = facts.plans[severity]
  const data = { incidentId, number, title, severity, cause, stages: facts.stages, plan }
  return {
    events: [{ type: "incident.declared", actor, data }],
    timers: planTimers({ incidentId, startedAt: nowIso, plan, timeScale: state.timeScale }),
  }
}

/** The timers of a plan. `served`: levels that have had their turn already. */
export function planTimers({
  incidentId,
  startedAt,
  plan,
  timeScale,
  served = [],
}: {
  incidentId: string
  startedAt: string
  plan: IncidentPlan
  timeScale: number
  served?: readonly number[]
}): NewTimer[] {
  const subject = incidentSubject(incidentId)
  const dueAt = (ms: number) => new Date(Date.parse(startedAt) + Math.round(ms * timeScale)).toISOString()
  const levels = plan.levels.flatMap(({ n, afterMs }): NewTimer[] => {
    if (afterMs === null || served.includes(n)) return []
    return [{ kind: "incident_level", subject, dueAt: dueAt(afterMs), data: { incidentId, level: n } }]
  })
  if (plan.fixWithinMs === null) return levels
  return [...levels, { kind: "incident_fix_due", subject, dueAt: dueAt(plan.fixWithinMs), data: { incidentId } }]
}
