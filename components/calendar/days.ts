import type { Calendar } from "@/lib/contracts/api/calendar"
import { wallClock } from "@/lib/domain/window/wall-clock"
import { zonedInstant } from "@/lib/domain/window/zoned-instant"

const DAY_MS = 86_400_000

/** A day on the wall of a zone: midnight as if it were UTC, and the instants between which it lies. */
export interface CalendarDay {
  wallMs: number
  startMs: number
  endMs: number
}

export type EntryKind = "frozen" | "planned" | "deployed" | "open"
export interface Entry {
  key: string
  kind: EntryKind
  /** What it is, in words. */
  title: string
  /** Where, when there is more than one place. */
  where: string
  startMs: number
  /** Null: an instant, or still under way. */
  endMs: number | null
  href: string | null
  freezeId: string | null
}

export const views = ["month", "week"] as const
export type View = (typeof views)[number]

/** The days that a view shows: whole weeks from Monday on. */
export function daysOf(view: View, anchorMs: number, zone: string): CalendarDay[] {
  const anchor = Math.floor(anchorMs / DAY_MS) * DAY_MS
  const date = new Date(anchor)
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  const first = mondayOf(view === "month" ? month : anchor)
  const after = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
  const last = view === "month" ? mondayOf(after - DAY_MS) + 7 * DAY_MS : first + 7 * DAY_MS
  const days: CalendarDay[] = []
  for (let wallMs = first; wallMs < last; wallMs += DAY_MS) {
    days.push({ wallMs, startMs: zonedInstant(wallMs, zone), endMs: zonedInstant(wallMs + DAY_MS, zone) })
  }
  return days
}

/** The day before or after, the week, the month: what the arrows lead to. */
export function moved(view: View, anchorMs: number, by: 1 | -1): number {
  if (view === "week") return anchorMs + by * 7 * DAY_MS
  const date = new Date(anchorMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1)
}

/** The midnight of an instant's day on the wall of a zone, as if it were UTC. */
export function wallDay(atMs: number, zone: string): number {
  return Math.floor(wallClock(atMs, zone).asUtcMs / DAY_MS) * DAY_MS
}

function mondayOf(wallMs: number): number {
  return wallMs - ((new Date(wallMs).getUTCDay() + 6) % 7) * DAY_MS
}

/** Everything in a calendar as entries, by their start; what holds for a day stands before what happens on it. */
export function entriesOf(calendar: Calendar): Entry[] {
  const many = calendar.environments.length > 1
  const where = ({ service, environment }: { service: { name: string }; environment: { name: string } }) =>
    many ? `${service.name} ${environment.name}` : ""
  const span = ({ start, end }: { start: string; end: string | null }) => ({
    startMs: Date.parse(start),
    endMs: end === null ? null : Date.parse(end),
  })
  const none = { href: null, freezeId: null }
  return [
    ...calendar.freezes.flatMap(({ id, name, service, environment, intervals }) =>
      intervals.map((each) => ({
        ...{ ...none, ...span(each), key: `freeze ${id} ${each.start}`, kind: "frozen" as const, title: name },
        ...{ freezeId: id, where: many ? scopeInWords(service, environment) : "" },
      })),
    ),
    ...calendar.planned.map((each) => ({
      ...{ ...none, startMs: Date.parse(each.startAt), endMs: null, where: where(each) },
      ...{ key: `planned ${each.releaseId}`, kind: "planned" as const, title: each.name },
      href: `/releases/${each.releaseId}/deploy`,
    })),
    ...calendar.deployed.map((each) => ({
      ...{ ...none, ...span(each), key: `run ${each.runId}`, kind: "deployed" as const, where: where(each) },
      title: `${each.name}: ${each.kind === "deploy" ? "deployment" : "rollback"} ${each.status}`,
      href: `/releases/${each.releaseId}/deploy`,
    })),
    ...calendar.environments.flatMap((each) =>
      each.open.map((interval) => ({
        ...{ ...none, ...span(interval), kind: "open" as const, title: "Window", where: where(each) },
        key: `open ${each.service.key} ${each.environment.key} ${interval.start}`,
      })),
    ),
  ]
}

/** Those of a day: an instant belongs to the day in which it lies, an interval to each that it touches. */
export function entriesOn(day: CalendarDay, entries: readonly Entry[]): Entry[] {
  return entries.filter(({ startMs, endMs, kind }) =>
    kind === "planned" || endMs === null || endMs === startMs
      ? day.startMs <= startMs && startMs < day.endMs
      : startMs < day.endMs && endMs > day.startMs,
  )
}

export function scopeInWords(service: { name: string } | null, environment: { name: string } | null): string {
  if (!service) return "All services"
  return environment ? `${service.name} ${environment.name}` : `All of ${service.name}`
}
