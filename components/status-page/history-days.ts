import type { PublicIncident } from "@/lib/contracts/api/status-page"

export interface HistoryDay {
  /** `2026-11-29`, on the wall calendar of the zone. */
  day: string
  /** An instant in it, to be put into words. */
  at: string
  incidents: PublicIncident[]
}

const DAY_MS = 86_400_000

/** The last days, today first, each with what was over on it; a day on which nothing was is there as well. */
export function historyDays(
  history: readonly PublicIncident[],
  { asOf, zone, days }: { asOf: string; zone: string; days: number },
): HistoryDay[] {
  const calendar = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  })
  const dayOf = (iso: string) => calendar.format(new Date(iso))
  const byDay = new Map<string, PublicIncident[]>()
  // Days are counted on the calendar, where each is one step; by the clock, one is longer and one shorter.
  const today = Date.parse(`${dayOf(asOf)}T00:00:00Z`)
  for (let back = 0; back < days; back += 1) byDay.set(isoDay(today - back * DAY_MS), [])
  for (const incident of history) {
    const day = dayOf(incident.endedAt ?? incident.startedAt)
    byDay.set(day, [...(byDay.get(day) ?? []), incident])
  }
  return [...byDay]
    .map(([day, incidents]) => ({ day, at: `${day}T12:00:00Z`, incidents }))
    .sort((a, b) => (a.day < b.day ? 1 : -1))
}

const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)
