import { nextDueAt } from "@/lib/domain/incident/next-due"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Tx } from "@/lib/server/db"

/** Lets the rows of the incidents that these events touched follow the state, in the same transaction. */
export async function writeIncidents(tx: Tx, state: ReleaseState, events: readonly AnyTimelineEvent[]): Promise<void> {
  const ids = new Set(events.flatMap((event) => (event.type.startsWith("incident.") ? [incidentIdOf(event)] : [])))
  for (const id of ids) {
    const incident = id ? own(state.incidents, id) : undefined
    if (!incident) continue
    const { number, title, severity, status, startedAt, firstAcknowledgedAt, resolved } = incident
    const dueAt = nextDueAt(incident, state.timeScale)
    const row = {
      ...{ title, severity, status },
      acknowledgedAt: firstAcknowledgedAt ? new Date(firstAcknowledgedAt) : null,
      resolvedAt: resolved ? new Date(resolved.at) : null,
      nextDueAt: dueAt ? new Date(dueAt) : null,
    }
    const { id: releaseId, service, environment } = state
    await tx.incident.upsert({
      where: { id: incident.id },
      create: {
        ...{ id: incident.id, releaseId, serviceId: service.id, environmentId: environment.id, number },
        ...{ startedAt: new Date(startedAt), ...row },
      },
      update: row,
      select: { id: true },
    })
  }
}

function incidentIdOf({ data }: AnyTimelineEvent): string | null {
  return "incidentId" in data && typeof data.incidentId === "string" ? data.incidentId : null
}
