import type { ReleaseState } from "@/lib/domain/release/state"
import { describe as inWords, type Tone } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { EventType } from "@/lib/domain/timeline/event-types"
import type { Notification } from "./notification"
import { tellFirstDays } from "./tell-first-days"
import { tellGoingLive } from "./tell-going-live"
import { tellIncident } from "./tell-incident"
import { tellPreparing } from "./tell-preparing"
import { tellRollback } from "./tell-rollback"
import type { Silent, Tell, TellContext, Told } from "./told"
import type { Topic } from "./topics"

/** What is said to the outside of each event type, or why nothing is. A new type does not compile before it stands here. */
export const tellers: { [T in EventType]: Tell<T> | Silent } = {
  ...tellPreparing,
  ...tellGoingLive,
  ...tellRollback,
  ...tellIncident,
  ...tellFirstDays,
}

/** What the outside is told of these events of a commit, in their order. */
export function notificationsOf(events: readonly AnyTimelineEvent[], context: TellContext): Notification[] {
  return events.flatMap((event) => {
    const tell = tellers[event.type] as Tell<EventType> | Silent
    if ("silent" in tell) return []
    const told = tell(event, context) ?? []
    return (Array.isArray(told) ? told : [told]).map((one) => notification(event, one, context.after))
  })
}

/** Topics by which a notification is sought: who was paged is also told that it is in hand, or over. */
export function topicsOf({ topic, act }: Pick<Notification, "topic" | "act">): Topic[] {
  return act === "acknowledge" || act === "resolve" ? [topic, "page"] : [topic]
}

function notification(event: AnyTimelineEvent, told: Told, state: ReleaseState): Notification {
  const { title, detail, tone } = inWords(event)
  const { id, name, version, service, environment } = state
  return {
    topic: told.topic,
    subject: told.incidentId ?? id,
    incidentId: told.incidentId ?? null,
    act: told.act ?? "tell",
    severity: told.severity ?? severities[tone],
    title: told.title ?? title,
    text: told.text ?? detail ?? "",
    facts: told.facts ?? [],
    service: { key: service.key, name: service.name },
    environment: { key: environment.key, name: environment.name },
    release: { id, name, version },
    people: (told.people ?? []).map((person) => ({ id: person.id, name: person.name })),
    path: `/releases/${id}${told.page ? `/${told.page}` : ""}`,
    at: event.at,
  }
}

const severities: Record<Tone, Notification["severity"]> = {
  good: "good",
  bad: "critical",
  warning: "warning",
  neutral: "info",
  busy: "info",
}
