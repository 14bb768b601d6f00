import type { Incident } from "@/lib/domain/incident/incident-state"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { IncidentSpan } from "./incident-span"
import type { ReportPart } from "./report-model"
import { eventInWords, timelineTable } from "./report-words"

/** What a reader wants to know of an incident's time: not every step and every check. */
export function incidentTimeline(
  state: ReleaseState,
  incident: Incident,
  span: IncidentSpan,
  events: readonly AnyTimelineEvent[],
): ReportPart {
  const pins = new Map(incident.pins.map((pin) => [pin.seq, pin]))
  const told = new Map<number, AnyTimelineEvent>()
  const tell = (event: AnyTimelineEvent | null) => event && told.set(event.seq, event)
  tell(span.switched)
  for (const event of [...span.during, ...span.after]) if (isTold(event, incident.id)) tell(event)
  for (const event of events) if (pins.has(event.seq)) tell(event)
  const ordered = [...told.values()].sort((a, b) => a.seq - b.seq)
  return timelineTable(state, ordered, "Nothing is on the timeline.", (event) => {
    const pin = pins.get(event.seq)
    const words = eventInWords(state, event)
    return pin ? `${words} · Pinned by ${pin.by}: ${pin.words}` : words
  })
}

function isTold(event: AnyTimelineEvent, incidentId: string): boolean {
  const [noun] = event.type.split(".")
  switch (noun) {
    case "incident":
      // A pinned event is told where it happened.
      if (event.type === "incident.event_pinned" || event.type === "incident.event_unpinned") return false
      return "incidentId" in event.data && event.data.incidentId === incidentId
    case "rollback":
    case "threshold":
    case "maintenance":
    case "flag":
    case "environment":
    case "deployment":
    case "verification":
      return true
    default:
      return isTellingAct(event)
  }
}

function isTellingAct(event: AnyTimelineEvent): boolean {
  switch (event.type) {
    case "trigger.breached":
    case "run.abort_requested":
    case "run.paused":
    case "run.resumed":
    case "step.skipped":
    case "step.confirmed":
    case "round.missed":
    case "round.watch_handed_over":
      return true
    case "step.finished":
      return event.data.status !== "passed"
    case "round.opened":
      return event.data.results.some(({ ok }) => ok === false)
    case "round.item_judged":
      return !event.data.ok
    default:
      return false
  }
}
