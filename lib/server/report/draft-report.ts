import { foldEvents } from "@/lib/domain/release/evolve"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { RELEASE_REPORT } from "@/lib/domain/report/decide-report"
import { draftIncidentReport } from "@/lib/domain/report/draft-incident-report"
import { draftReleaseReport } from "@/lib/domain/report/draft-release-report"
import { incidentSpan } from "@/lib/domain/report/incident-span"
import type { MeasuredReading, ReportModel } from "@/lib/domain/report/report-model"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { prisma } from "@/lib/server/db"
import { eventOfRow } from "@/lib/server/events/list-events"
import { readReadings } from "./read-readings"

/** A release's timeline with what it adds up to. */
export interface ToldRelease {
  state: ReleaseState
  events: AnyTimelineEvent[]
}

export async function readToldRelease(releaseId: string): Promise<ToldRelease> {
  const rows = await prisma.event.findMany({ where: { releaseId }, orderBy: { seq: "asc" } })
  const events = rows.map(eventOfRow)
  const state = foldEvents(events)
  if (!state) throw new Error(`release ${releaseId} has no events`)
  return { state, events }
}

/** What readings a report is about. They are of the past, so an earlier draft of the same is made of the same ones. */
export function readingsOf(reportId: string, { state, events }: ToldRelease): Promise<MeasuredReading[]> {
  const last = events.at(-1)?.at ?? state.updatedAt
  const incident = own(state.incidents, reportId)
  const from = incident ? incidentSpan(incident, events)?.firstSign.at : null
  const to = incident?.resolved?.at ?? last
  return readReadings(state.id, { from: new Date(from ?? state.createdAt), to: new Date(to) })
}

/** The report as its timeline tells it. That it was saved is not part of what it tells. Null: there is no such incident. */
export function draftReport(
  reportId: string,
  { state, events }: ToldRelease,
  readings: readonly MeasuredReading[],
): ReportModel | null {
  const told = events.filter(({ type }) => type !== "report.saved")
  if (reportId === RELEASE_REPORT) return draftReleaseReport(state, told, readings)
  const incident = own(state.incidents, reportId)
  return incident ? draftIncidentReport(state, incident, told, readings) : null
}

/** The same release as it stood after an event. */
export function asOf({ events }: ToldRelease, seq: number): ToldRelease | null {
  const before = events.filter((event) => event.seq <= seq)
  const state = foldEvents(before)
  return state && { state, events: before }
}
