import type { ReleaseState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { followupsTable } from "./followups-table"
import { incidentSpan } from "./incident-span"
import { incidentTimes } from "./incident-times"
import { readingsTable } from "./readings-table"
import { recordSection } from "./record-section"
import { doneParts } from "./release-done"
import { exceptionParts, plannedParts, signedTable } from "./release-planned"
import { firstDayParts } from "./release-watched"
import { bothClocks } from "./report-clock"
import {
  facts,
  type MeasuredReading,
  type ReportModel,
  type ReportPart,
  type ReportSection,
  tableOr,
  text,
} from "./report-model"
import { timelineTable } from "./report-words"
import { rollbacksInWords } from "./rollback-in-words"

/** The report of a release, drafted from its whole timeline, in order. Null: the timeline is empty. */
export function draftReleaseReport(
  state: ReleaseState,
  events: readonly AnyTimelineEvent[],
  readings: readonly MeasuredReading[] = [],
): ReportModel | null {
  const last = events.at(-1)
  if (!last) return null
  const section = (key: string, title: string, ...parts: ReportPart[]): ReportSection => ({ key, title, parts })
  const incidents = Object.values(state.incidents).sort((a, b) => a.number - b.number)
  return {
    kind: "release",
    title: `${state.name}: release report`,
    figures: {
      status: state.status,
      liveAt: firstLiveAt(events),
      verdict: state.verification?.verdict ?? null,
      downtimeMs: state.maintenance.downtimeMs,
      downtimeBudgetMs: scaled(state, state.budgets.downtimeMaxMs),
      rollbackMs: state.rollback?.stopwatchMs ?? null,
      rollbackBudgetMs: scaled(state, state.budgets.rollbackMs),
      incidents: incidents.length,
    },
    sections: [
      section("summary", "Summary", text(summary(state, events)), figureFacts(state)),
      section("planned", "Planned", ...plannedParts(state, events)),
      section("signed", "Signed", signedTable(state, events, last.at)),
      section("exceptions", "Exceptions", ...exceptionParts(state, events)),
      section("done", "Done", ...doneParts(state)),
      section("measured", "Measured", ...measuredParts(state, readings)),
      section("decided", "Decided", decidedTable(state, events), ...rollbacksInWords(state, events)),
      section("incidents", "Incidents", incidentsTable(state, events)),
      section("first-day", "First day", ...firstDayParts(state)),
      section(
        "after",
        "Afterwards",
        followupsTable(state, ({ list }) => list !== "post_incident", "Nothing was left to do."),
      ),
      recordSection(state, last),
    ],
    head: { seq: last.seq, hash: last.hash },
  }
}

export const scaled = ({ timeScale }: ReleaseState, ms: number) => Math.round(ms * timeScale)

function firstLiveAt(events: readonly AnyTimelineEvent[]): string | null {
  return events.find(({ type }) => type === "deployment.switched")?.at ?? null
}

function summary(state: ReleaseState, events: readonly AnyTimelineEvent[]): string {
  const { zone } = state.window
  const liveAt = firstLiveAt(events)
  const began = `${state.version} of ${state.service.name} for ${state.environment.name}, made by ${state.createdBy.name} ${bothClocks(state.createdAt, zone)}.`
  const live = liveAt ? `It went live ${bothClocks(liveAt, zone)}.` : "It did not go live."
  return `${began} ${live} ${outcome(state)}`
}

function outcome({ rollback, verification, closed, window: { zone } }: ReleaseState): string {
  const end = closed
    ? ` Closed by ${closed.by.name} ${bothClocks(closed.at, zone)}${closed.note ? `: ${closed.note}` : "."}`
    : ""
  if (rollback?.status === "done")
    return `It was rolled back to ${rollback.to?.version ?? "what was live before"}.${end}`
  if (rollback?.status === "failed") return `The rollback failed.${end}`
  if (rollback?.status === "running") return `It is being rolled back.${end}`
  if (verification?.accepted) return `It was taken as it is by ${verification.accepted.by}, without a pass.${end}`
  if (verification?.verdict) return `The verdict was: ${verification.verdict}.${end}`
  return `No verdict was given.${end}`
}

function figureFacts(state: ReleaseState): ReportPart {
  const { downtimeMs, on } = state.maintenance
  const downBudgetMs = scaled(state, state.budgets.downtimeMaxMs)
  const over = downtimeMs > downBudgetMs ? ", exceeded" : ""
  const stopwatchMs = state.rollback?.stopwatchMs ?? null
  const backBudgetMs = scaled(state, state.budgets.rollbackMs)
  return facts([
    [
      "Downtime",
      `${durationInWords(downtimeMs)} (budget ${durationInWords(downBudgetMs)}${over})${on ? ", and maintenance mode is on" : ""}`,
    ],
    [
      "Rollback",
      stopwatchMs === null
        ? null
        : `${durationInWords(stopwatchMs)} from the decision to verified (budget ${durationInWords(backBudgetMs)}${stopwatchMs > backBudgetMs ? ", exceeded" : ""})`,
    ],
    ["Incidents", String(Object.keys(state.incidents).length)],
  ])
}

function measuredParts(state: ReleaseState, readings: readonly MeasuredReading[]): ReportPart[] {
  const {
    verification,
    triggers,
    window: { zone },
  } = state
  const verdict: ReportPart[] = verification?.verdict
    ? [
        text(
          `Verdict: ${verification.verdict}${verification.decidedAt ? `, ${bothClocks(verification.decidedAt, zone)}` : ""}.`,
        ),
        ...(verification.reasons.length > 0 ? [{ type: "list", items: verification.reasons } as const] : []),
      ]
    : [text("No verdict was given.")]
  const red = Object.values(triggers).flatMap(({ title, breach, baseline }) => [
    ...(breach ? [[title, "breached", bothClocks(breach.at, zone), breach.words]] : []),
    ...(baseline ? [[title, "red before the switch", bothClocks(baseline.at, zone), baseline.words]] : []),
  ])
  return [
    ...verdict,
    readingsTable(readings),
    tableOr(["Trigger", "State", "When", "In words"], red, "No trigger was breached."),
  ]
}

const DECISIONS = new Set<AnyTimelineEvent["type"]>([
  "run.abort_requested",
  "run.paused",
  "run.resumed",
  "verification.verdict_given",
  "verification.extended",
  "verification.ended_early",
  "verification.accepted",
  "rollback.asked",
  "rollback.countdown_started",
  "rollback.countdown_stopped",
  "rollback.decided",
  "rollback.verified",
  "rollback.failed",
  "flag.asked",
  "environment.locked",
  "environment.unlocked",
  "release.closed",
])

function decidedTable(state: ReleaseState, events: readonly AnyTimelineEvent[]): ReportPart {
  return timelineTable(
    state,
    events.filter(({ type }) => DECISIONS.has(type)),
    "Nothing has been decided yet.",
  )
}

function incidentsTable(state: ReleaseState, events: readonly AnyTimelineEvent[]): ReportPart {
  const { zone } = state.window
  const rows = Object.values(state.incidents)
    .sort((a, b) => a.number - b.number)
    .map((incident) => {
      const span = incidentSpan(incident, events)
      const times = span ? incidentTimes(incident, span) : null
      return [
        `${incident.number}: ${incident.title}`,
        incident.severity,
        bothClocks(times?.detectedAt ?? incident.startedAt, zone),
        incident.resolved
          ? `${bothClocks(incident.resolved.at, zone)}: ${incident.resolved.words}`
          : `${incident.status}, not resolved`,
      ]
    })
  return tableOr(["Incident", "Severity", "Detected", "Resolved"], rows, "There were none.")
}
