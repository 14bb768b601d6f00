import type { NewTimer } from "@/lib/domain/release/decision"
import type { Incident, IncidentLevel } from "./incident-state"

/** All timers of an incident are cancelled together by this. */
export const incidentSubject = (incidentId: string) => `incident:${incidentId}`

/** The timers that an incident wants to have now: what is served, held or resolved has none. */
export function incidentTimers(incident: Incident, timeScale: number): NewTimer[] {
  if (incident.status === "resolved") return []
  const { id: incidentId, levels, fixWithinMs, fixOverdueAt, acknowledged } = incident
  const subject = incidentSubject(incidentId)
  const timers = levels.flatMap((level): NewTimer[] => {
    const dueAt = levelDueAt(incident, level, timeScale)
    return dueAt === null ? [] : [{ kind: "incident_level", subject, dueAt, data: { incidentId, level: level.n } }]
  })
  if (acknowledged) {
    timers.push({ kind: "incident_repage", subject, dueAt: acknowledged.repageAt, data: { incidentId } })
  }
  if (fixWithinMs !== null && fixOverdueAt === null) {
    const dueAt = onItsClock(incident, fixWithinMs, timeScale)
    timers.push({ kind: "incident_fix_due", subject, dueAt, data: { incidentId } })
  }
  return timers
}

/** ISO. Null: it has had its turn, or it has no clock. */
export function levelDueAt(incident: Incident, { status, afterMs }: IncidentLevel, timeScale: number): string | null {
  return status === "waiting" && afterMs !== null ? onItsClock(incident, afterMs, timeScale) : null
}

function onItsClock({ escalatesFrom }: Incident, afterMs: number, timeScale: number): string {
  return new Date(Date.parse(escalatesFrom) + Math.round(afterMs * timeScale)).toISOString()
}
