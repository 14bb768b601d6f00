import type { Incident, IncidentLevel } from "@/lib/domain/incident/incident-state"
import type { ReleaseState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import { bothClocks } from "./report-clock"
import { type ReportPart, tableOr } from "./report-model"

const statuses: Record<IncidentLevel["status"], string> = {
  waiting: "not reached",
  paged: "paged",
  held: "held: the incident was acknowledged",
  skipped: "skipped",
  acted: "acted",
}

/** The levels of the escalation as they went. */
export function escalationTable({ levels }: Incident, { window: { zone }, timeScale }: ReleaseState): ReportPart {
  const rows = levels.map((level) => [
    level.title,
    dueInWords(level.afterMs, timeScale),
    statuses[level.status],
    level.at ? bothClocks(level.at, zone) : "",
    [level.people.map(({ name }) => name).join(", "), level.words].filter(Boolean).join(". "),
  ])
  return tableOr(
    ["Level", "Due", "What happened", "When", "Who or why"],
    rows,
    "The playbook names no escalation for it.",
  )
}

function dueInWords(afterMs: number | null, timeScale: number): string {
  if (afterMs === null) return "no clock"
  return afterMs === 0 ? "at once" : `${durationInWords(Math.round(afterMs * timeScale))} after the start`
}
