import type { IncidentMessage, IncidentStatus } from "@/lib/domain/incident/incident-state"

/** An incident as the record has it. Of this, only what was written for customers is let out. */
export interface KnownIncident {
  status: IncidentStatus
  resolvedAt: string | null
  messages: readonly IncidentMessage[]
}

export interface KnownMaintenance {
  environment: string
  message: string | null
  since: string
}

export const HISTORY_DAYS = 14
const DAY_MS = 86_400_000

type Update = Pick<IncidentMessage, "id" | "at" | "status" | "title" | "text">

interface ToldIncident {
  title: string
  status: IncidentMessage["status"]
  startedAt: string
  endedAt: string | null
  updates: Update[]
}

/** How a service is, from what was said to customers. What was not written for them is named nowhere in the answer. */
export function publicStatus(
  known: { incidents: readonly KnownIncident[]; maintenance: readonly KnownMaintenance[] },
  nowIso: string,
) {
  const told = known.incidents.flatMap((incident) => toldOf(incident) ?? [])
  const incidents = told.filter(({ endedAt }) => endedAt === null).sort(newestFirst)
  const since = new Date(Date.parse(nowIso) - HISTORY_DAYS * DAY_MS).toISOString()
  const history = told.filter(({ endedAt }) => endedAt !== null && endedAt >= since).sort(newestFirst)
  const maintenance = known.maintenance.map(({ environment, message, since }) => ({
    ...{ environment, since },
    message: message ?? "We are working on it and will be back soon.",
  }))
  const state = incidents.length > 0 ? "incident" : maintenance.length > 0 ? "maintenance" : "operational"
  return { state, words: wordsOf(incidents, maintenance.length > 0), maintenance, incidents, history } as const
}

/** Null: customers were told nothing, so it is not theirs to see. */
function toldOf({ status, resolvedAt, messages }: KnownIncident): ToldIncident | null {
  const updates = messages
    .filter(({ audience }) => audience === "customers")
    .map(({ id, at, status, title, text }): Update => ({ id, at, status, title, text }))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
  const last = updates[0]
  const first = updates.at(-1)
  if (!last || !first) return null
  // Over for customers once they were told so, or once it is over: whichever comes first.
  const saidOver = last.status === "resolved" ? last.at : null
  const endedAt = status === "resolved" ? (saidOver ?? resolvedAt ?? last.at) : saidOver
  return {
    title: last.title,
    status: endedAt === null ? last.status : "resolved",
    startedAt: first.at,
    endedAt,
    updates,
  }
}

const sentences: Record<Exclude<IncidentMessage["status"], "resolved">, string> = {
  investigating: "We are looking into a problem.",
  identified: "There is a problem; we know what it is and are putting it right.",
  monitoring: "A problem has been put right; we are watching that it stays so.",
}

function wordsOf(incidents: readonly ToldIncident[], inMaintenance: boolean): string {
  const worst = (["investigating", "identified", "monitoring"] as const).find((status) =>
    incidents.some((incident) => incident.status === status),
  )
  if (worst) return sentences[worst]
  return inMaintenance ? "Maintenance is under way." : "Everything works."
}

const newestFirst = (a: ToldIncident, b: ToldIncident) => (a.startedAt < b.startedAt ? 1 : -1)
