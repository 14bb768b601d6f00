import type { Incident } from "@/lib/domain/incident/incident-state"
import { elapsedMs } from "@/lib/domain/release/fold"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { IncidentSpan } from "./incident-span"
import { bothClocks } from "./report-clock"
import type { ReportPart } from "./report-model"

/** What the response is measured by; instants are ISO, null: not yet, or never. */
export interface IncidentTimes {
  detectedAt: string
  declaredAt: string
  acknowledgedAt: string | null
  mitigatedAt: string | null
  resolvedAt: string | null
}

export function incidentTimes(incident: Incident, span: IncidentSpan): IncidentTimes {
  return {
    detectedAt: span.firstSign.at,
    declaredAt: incident.startedAt,
    acknowledgedAt: incident.firstAcknowledgedAt,
    mitigatedAt: mitigatedAt(incident, span),
    resolvedAt: incident.resolved?.at ?? null,
  }
}

/** When users had it behind them: the old version was verified, or the feature was off; otherwise with the resolution. */
function mitigatedAt({ resolved }: Incident, { during, after }: IncidentSpan): string | null {
  const last = (type: AnyTimelineEvent["type"]) => [...during, ...after].findLast((event) => event.type === type)?.at
  const wentBack = last("rollback.verified") ?? null
  if (!resolved || resolved.how === "rolled_back") return wentBack ?? resolved?.at ?? null
  if (resolved.how === "flag_off") return last("flag.turned") ?? resolved.at
  return resolved.at
}

/** Milliseconds in which maintenance mode was on, of the stretch `[from, to)`. */
export function downtimeMs(events: readonly AnyTimelineEvent[], from: string, to: string): number {
  let since: string | null = null
  let sumMs = 0
  const add = (end: string) => {
    if (since === null) return
    const [start, stop] = [since > from ? since : from, end < to ? end : to]
    if (start < stop) sumMs += elapsedMs(start, stop)
    since = null
  }
  for (const { type, at } of events) {
    if (type === "maintenance.turned_on") since ??= at
    else if (type === "maintenance.turned_off") add(at)
  }
  add(to)
  return sumMs
}

const marks: readonly [keyof IncidentTimes, string][] = [
  ["detectedAt", "Detected"],
  ["declaredAt", "Declared"],
  ["acknowledgedAt", "Acknowledged"],
  ["mitigatedAt", "Mitigated"],
  ["resolvedAt", "Resolved"],
]

export function timesTable(times: IncidentTimes, switchedAt: string | null, zone: string): ReportPart {
  const rows = marks.map(([key, title]) => {
    const at = times[key]
    if (at === null) return [title, "not yet", ""]
    const afterMs = elapsedMs(times.detectedAt, at)
    const after = key === "detectedAt" ? "" : afterMs === 0 ? "at once" : durationInWords(afterMs)
    return [title, bothClocks(at, zone), after]
  })
  const before = switchedAt ? [["Went live before it", bothClocks(switchedAt, zone), ""]] : []
  return { type: "table", columns: ["What", "When", "After detection"], rows: [...before, ...rows] }
}
