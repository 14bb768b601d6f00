import type { Incident } from "@/lib/domain/incident/incident-state"
import type { AnyTimelineEvent, TimelineEvent } from "@/lib/domain/timeline/event"

/** The part of a timeline that an incident is about. */
export interface IncidentSpan {
  /** What made it an incident, or its declaration where a person saw it first. */
  firstSign: AnyTimelineEvent
  /** The switch that it came after, if there was one. */
  switched: TimelineEvent<"deployment.switched"> | null
  resolved: TimelineEvent<"incident.resolved"> | null
  /** From the first sign to the resolution, noise and all. */
  during: AnyTimelineEvent[]
  /** What was told after that and still belongs to it. */
  after: AnyTimelineEvent[]
}

/** Null: the timeline knows no such incident. */
export function incidentSpan(incident: Incident, events: readonly AnyTimelineEvent[]): IncidentSpan | null {
  const declared = events.find((event) => event.type === "incident.declared" && event.data.incidentId === incident.id)
  if (!declared) return null
  const firstSign = signBefore(incident, events, declared.seq) ?? declared
  const resolved = incident.resolved
    ? (events.findLast((event) => isOf(event, "incident.resolved") && event.data.incidentId === incident.id) ?? null)
    : null
  const endSeq = resolved?.seq ?? Number.POSITIVE_INFINITY
  const during = events.filter(({ seq }) => seq >= firstSign.seq && seq <= endSeq)
  const wentBack = during.some(({ type }) => type === "rollback.decided")
  const next = events.find(({ seq, type }) => seq > endSeq && type === "incident.declared")?.seq
  const later = events.filter(({ seq }) => seq > endSeq && seq < (next ?? Number.POSITIVE_INFINITY))
  return {
    firstSign,
    switched:
      events.findLast(
        (event): event is TimelineEvent<"deployment.switched"> =>
          event.type === "deployment.switched" && event.seq < firstSign.seq,
      ) ?? null,
    resolved: resolved as TimelineEvent<"incident.resolved"> | null,
    during,
    after: later.filter((event) => isTail(event, incident.id, wentBack)),
  }
}

function isOf<T extends AnyTimelineEvent["type"]>(
  event: AnyTimelineEvent,
  type: T,
): event is Extract<AnyTimelineEvent, { type: T }> {
  return event.type === type
}

/** The breach that declared it was told just before. */
function signBefore({ cause }: Incident, events: readonly AnyTimelineEvent[], seq: number): AnyTimelineEvent | null {
  return (
    events.findLast((event) => {
      if (event.seq >= seq) return false
      if (cause.kind === "trigger") return event.type === "trigger.breached" && event.data.triggerKey === cause.key
      if (cause.kind === "threshold") return event.type === "threshold.breached" && event.data.key === cause.key
      return cause.kind === "rollback" && event.type === "rollback.failed"
    }) ?? null
  )
}

function isTail(event: AnyTimelineEvent, incidentId: string, wentBack: boolean): boolean {
  switch (event.type) {
    case "rollback.verified":
    case "rollback.failed":
    case "rollback.watch_started":
    case "rollback.watched":
    case "environment.unlocked":
      return wentBack
    default:
      return event.type.startsWith("incident.") && "incidentId" in event.data && event.data.incidentId === incidentId
  }
}
