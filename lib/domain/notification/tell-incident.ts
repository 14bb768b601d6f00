import type { ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { fact, silent, type Tellers, type Told } from "./told"

const ON_THE_PAGE = "The incident's page shows it"

const audienceTopics = { internal: "team_update", customers: "customer_update" } as const
const statusTitles = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
} as const

/** Acknowledged and resolved also go to whoever gets pages, so that a pager is quiet again. See `topicsOf`. */
export const tellIncident: Tellers<"incident"> = {
  "incident.declared": ({ actor, data }) => ({
    ...about(data.incidentId),
    title: `Incident ${data.number}: ${data.title}`,
    text: data.cause.words,
    facts: [
      ...fact("Severity", data.severity),
      ...fact("Rule", data.plan.resolution),
      ...fact("Declared by", actorName(actor)),
    ],
    severity: data.severity === "critical" || data.severity === "high" ? "critical" : "warning",
  }),
  "incident.signal_added": ({ data }) => about(data.incidentId),
  "incident.severity_changed": ({ data }, { after }) => ({
    ...about(data.incidentId),
    title: `${nameOf(after, data.incidentId)} is ${data.severity} now`,
    facts: fact("Rule", data.plan.resolution),
  }),
  "incident.acknowledged": ({ actor, data }, { after }) => ({
    ...about(data.incidentId),
    act: "acknowledge",
    title: `${actorName(actor)} acknowledged ${nameOf(after, data.incidentId)}`,
    text: data.note ?? "",
    facts: fact("Paged again unless resolved", data.repageAt),
  }),
  "incident.acknowledgement_lapsed": ({ data }, { after }) => ({
    ...about(data.incidentId),
    title: `${nameOf(after, data.incidentId)} is not resolved: people are paged again`,
  }),
  "incident.paged": ({ data }, { after }) => {
    const incident = after.incidents[data.incidentId]
    const isPage = data.how !== "notify"
    return {
      ...about(data.incidentId),
      topic: "page",
      act: isPage ? "trigger" : "tell",
      title: `${isPage ? "Page" : "For your information"}: ${incident?.title ?? "an incident"}`,
      text: incident?.cause.words ?? "",
      facts: [
        ...fact("Severity", incident?.severity),
        ...fact(isPage ? (data.how === "repage" ? "Paged again" : "Paged") : "Told", data.target),
        ...fact("Level", incident?.levels.find(({ n }) => n === data.level)?.title),
      ],
      severity: isPage ? "critical" : "warning",
      people: data.people,
    }
  },
  "incident.level_held": silent("Nobody has to do anything: somebody acknowledged"),
  "incident.level_skipped": ({ data }, { after }) => ({
    ...about(data.incidentId),
    title: `Level ${data.level + 1} of ${nameOf(after, data.incidentId)} was skipped`,
  }),
  "incident.level_acted": ({ data }, { after }) => ({
    ...about(data.incidentId),
    title: `Level ${data.level + 1} of ${nameOf(after, data.incidentId)} acts: ${data.action}`,
  }),
  "incident.fix_overdue": ({ data }, { after }) => ({
    ...about(data.incidentId),
    title: `${nameOf(after, data.incidentId)}: the time for a repair is over`,
    text: "Roll back?",
  }),
  "incident.role_given": ({ data }) => (data.person ? { ...about(data.incidentId), people: [data.person] } : null),
  "incident.action_ticked": silent(ON_THE_PAGE),
  "incident.noted": silent(ON_THE_PAGE),
  "incident.event_pinned": silent(ON_THE_PAGE),
  "incident.event_unpinned": silent(ON_THE_PAGE),
  "incident.message_posted": ({ data }) => ({
    ...about(data.incidentId),
    topic: audienceTopics[data.audience],
    title: data.title,
    text: data.text,
    facts: fact("Status", statusTitles[data.status]),
    severity: data.status === "resolved" ? "good" : "info",
  }),
  "incident.resolved": ({ actor, data }, { after }) => ({
    ...about(data.incidentId),
    act: "resolve",
    title: `${actorName(actor)} resolved ${nameOf(after, data.incidentId)}`,
    text: data.words,
    facts: fact("How", data.how.replace("_", " ")),
  }),
  "incident.reopened": ({ data }, { after }) => ({
    ...about(data.incidentId),
    title: `${nameOf(after, data.incidentId)} is open again`,
  }),
}

function about(incidentId: string): Told {
  return { topic: "incident", incidentId, page: "incident" }
}

function nameOf({ incidents }: ReleaseState, id: string): string {
  const incident = incidents[id]
  return incident ? `incident ${incident.number} (${incident.title})` : "the incident"
}
