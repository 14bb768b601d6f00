import type { Incident } from "@/lib/domain/incident/incident-state"
import { elapsedMs } from "@/lib/domain/release/fold"
import type { ReleaseState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { escalationTable } from "./escalation-in-words"
import { followupsTable } from "./followups-table"
import { type IncidentSpan, incidentSpan } from "./incident-span"
import { incidentTimeline } from "./incident-timeline"
import { downtimeMs, type IncidentTimes, incidentTimes, timesTable } from "./incident-times"
import { readingsTable } from "./readings-table"
import { recordSection } from "./record-section"
import { bothClocks } from "./report-clock"
import {
  blank,
  facts,
  type MeasuredReading,
  type ReportModel,
  type ReportPart,
  type ReportSection,
  tableOr,
  text,
} from "./report-model"
import { cut, eventInWords } from "./report-words"
import { rollbacksInWords } from "./rollback-in-words"

const howWords = {
  rolled_back: "by a rollback",
  fixed: "by a fix",
  flag_off: "by turning a feature off",
  no_action: "without doing anything",
}
const roleTitles = { commander: "Commander", scribe: "Scribe", communications: "Communications" } as const

/**
 * The report of an incident, drafted from the release's timeline: all of its events, in order. Null: there is no such
 * incident on it. `readings` are those between its first sign and its end.
 */
export function draftIncidentReport(
  state: ReleaseState,
  incident: Incident,
  events: readonly AnyTimelineEvent[],
  readings: readonly MeasuredReading[] = [],
): ReportModel | null {
  const span = incidentSpan(incident, events)
  const last = events.at(-1)
  if (!span || !last) return null
  const times = incidentTimes(incident, span)
  const until = times.resolvedAt ?? last.at
  const downMs = downtimeMs(events, times.detectedAt, until)
  const section = (key: string, title: string, ...parts: ReportPart[]): ReportSection => ({ key, title, parts })
  const rollbacks = rollbacksInWords(state, [...span.during, ...span.after])
  return {
    kind: "incident",
    title: `Incident ${incident.number}: ${incident.title}`,
    figures: {
      ...times,
      severity: incident.severity,
      detectionToAcknowledgementMs: between(times.detectedAt, times.acknowledgedAt),
      detectionToMitigationMs: between(times.detectedAt, times.mitigatedAt),
      detectionToResolutionMs: between(times.detectedAt, times.resolvedAt),
      downtimeMs: downMs,
    },
    sections: [
      section("summary", "Summary", text(summary(state, incident, times)), summaryFacts(state, incident, span)),
      section(
        "impact",
        "Impact",
        facts([
          ["Lasted", times.resolvedAt ? durationInWords(elapsedMs(times.detectedAt, until)) : "not over yet"],
          ["Maintenance mode", downMs > 0 ? `on for ${durationInWords(downMs)} of it` : "not on during it"],
        ]),
        readingsTable(readings),
        blank("To fill in: who was affected, how, and how many."),
      ),
      section("times", "Times", timesTable(times, span.switched?.at ?? null, state.window.zone)),
      section("timeline", "Timeline", incidentTimeline(state, incident, span, events)),
      section("decided", "What decided", ...decidedParts(state, incident, span)),
      section("escalation", "Escalation", escalationTable(incident, state)),
      section("rollback", "Rollback", ...(rollbacks.length > 0 ? rollbacks : [text("Nothing was rolled back.")])),
      section("messages", "Messages", ...messageParts(incident, state.window.zone)),
      section("stages", "Actions of the stages", stagesTable(incident, state.window.zone)),
      section("well", "What went well", blank("To fill in.")),
      section("badly", "What went badly", blank("To fill in.")),
      section("cause", "Root cause", blank("To fill in.")),
      section(
        "actions",
        "Actions",
        followupsTable(state, ({ list, subject }) => list === "post_incident" && subject === incident.id, "None yet."),
      ),
      recordSection(state, last),
    ],
    head: { seq: last.seq, hash: last.hash },
  }
}

const between = (from: string, to: string | null) => (to === null ? null : elapsedMs(from, to))

function summary(state: ReleaseState, incident: Incident, times: IncidentTimes): string {
  const { zone } = state.window
  const { resolved } = incident
  const began = `${capital(incident.severity)} incident of ${state.service.name} in ${state.environment.name}, during ${state.name}. Detected ${bothClocks(times.detectedAt, zone)}: ${sentence(incident.cause.words)}`
  if (!resolved) return `${began} It is not resolved yet.`
  const tookMs = elapsedMs(times.detectedAt, resolved.at)
  return `${began} Resolved ${bothClocks(resolved.at, zone)}, ${durationInWords(tookMs)} later, ${howWords[resolved.how]}: ${sentence(resolved.words)}`
}

function summaryFacts(state: ReleaseState, incident: Incident, { switched }: IncidentSpan): ReportPart {
  const roles = Object.entries(roleTitles).flatMap(([role, title]): [string, string][] => {
    const person = incident.roles[role as keyof typeof roleTitles]
    return person ? [[title, person.name]] : []
  })
  return facts([
    ["Severity", incident.severity],
    ["Rule", incident.resolution],
    ["Status", incident.status],
    ["Declared by", incident.declaredBy],
    ["Release", `${state.name}, version ${state.version}`],
    ["Commit", state.commit],
    ["Live before", switched?.data.from?.version],
    ...roles,
    [
      "Overdue",
      incident.fixOverdueAt && `not repaired in time, ${bothClocks(incident.fixOverdueAt, state.window.zone)}`,
    ],
  ])
}

/** The words of the readings that made it an incident, and of those that decided what was done. */
function decidedParts(state: ReleaseState, incident: Incident, { during, after }: IncidentSpan): ReportPart[] {
  const { zone } = state.window
  const signs = [{ ...incident.cause, at: incident.startedAt }, ...incident.signals]
  const rows = signs.map(({ kind, key, words, at }) => [bothClocks(at, zone), titleOf(state, kind, key), words])
  const acts = [...during, ...after].filter(({ type }) =>
    [
      "rollback.countdown_started",
      "rollback.countdown_stopped",
      "rollback.asked",
      "rollback.decided",
      "verification.verdict_given",
      "verification.accepted",
      "incident.severity_changed",
    ].includes(type),
  )
  const list: ReportPart[] =
    acts.length > 0
      ? [{ type: "list", items: acts.map((event) => `${bothClocks(event.at, zone)}: ${eventInWords(state, event)}`) }]
      : []
  return [tableOr(["When", "Sign", "In words"], rows, ""), ...list]
}

function titleOf(state: ReleaseState, kind: Incident["cause"]["kind"], key: string | null): string {
  if (kind === "trigger" && key !== null) return `trigger “${state.triggers[key]?.title ?? key}”`
  if (kind === "threshold" && key !== null) {
    const found = Object.values(state.thresholds).find((threshold) => threshold.key === key)
    return `threshold “${found?.title ?? key}”`
  }
  return kind === "rollback" ? "a rollback that failed" : "a person"
}

function messageParts({ messages }: Incident, zone: string): ReportPart[] {
  if (messages.length === 0) return [text("None were posted.")]
  return messages.flatMap(({ at, by, audience, status, title, text: words }) => [
    text(
      `${bothClocks(at, zone)}, ${by} to ${audience === "internal" ? "the team" : "customers"} (${status}): ${title}`,
    ),
    { type: "quote", text: words } as const,
  ])
}

function stagesTable({ stages }: Incident, zone: string): ReportPart {
  const rows = stages.flatMap((stage) =>
    stage.actions.map(({ title, done }) => [
      stage.title,
      title,
      done ? `${done.by}, ${bothClocks(done.at, zone)}` : "not ticked",
    ]),
  )
  return tableOr(["Stage", "Action", "Done"], rows, "The playbook names none.")
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function sentence(words: string): string {
  const whole = cut(words.trim())
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`
}
