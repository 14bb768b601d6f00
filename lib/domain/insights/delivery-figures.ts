import { type Spread, spreadOf } from "./spread"

const WEEK_MS = 7 * 86_400_000

/** Half-open, epoch milliseconds. */
export interface Span {
  fromMs: number
  toMs: number
}

/** A release that went live, as figures are made of it. Instants are epoch milliseconds. */
export interface LiveRelease {
  releaseId: string
  serviceId: string
  createdMs: number
  /** The first switch to it. */
  liveMs: number
  /** When its oldest commit was made that was not live before. Null: not known here. */
  oldestCommitMs: number | null
  /** When it was first decided to go back. */
  rolledBackMs: number | null
  closedMs: number | null
}

export interface CountedIncident {
  releaseId: string
  serviceId: string
  severity: string
  startedMs: number
  resolvedMs: number | null
}

export interface CountedRollback {
  serviceId: string
  verifiedMs: number
  stopwatchMs: number
}

export interface Delivered {
  releases: readonly LiveRelease[]
  incidents: readonly CountedIncident[]
  rollbacks: readonly CountedRollback[]
}

export interface DeliveryFigures {
  live: number
  perWeek: number | null
  leadFromRelease: Spread | null
  leadFromCommit: Spread | null
  failed: number
  failureRate: number | null
  restore: Spread | null
  unresolved: number
  rollback: Spread | null
}

/** Incidents of lesser severity are no failed change. */
export const isGrave = ({ severity }: Pick<CountedIncident, "severity">) =>
  severity === "critical" || severity === "high"

/** The figures of a span. Where nothing was measured there is null, and no nought that looks like a measurement. */
export function deliveryFigures(delivered: Delivered, span: Span): DeliveryFigures {
  const within = (atMs: number) => atMs >= span.fromMs && atMs < span.toMs
  const live = delivered.releases.filter(({ liveMs }) => within(liveMs))
  const grave = delivered.incidents.filter(isGrave)
  const failed = live.filter((release) => isFailed(release, grave)).length
  const begun = grave.filter(({ startedMs }) => within(startedMs))
  const weeks = (span.toMs - span.fromMs) / WEEK_MS
  return {
    live: live.length,
    perWeek: live.length > 0 && weeks > 0 ? live.length / weeks : null,
    leadFromRelease: spreadOf(live.map(({ createdMs, liveMs }) => liveMs - createdMs)),
    leadFromCommit: spreadOf(
      live.flatMap(({ oldestCommitMs, liveMs }) => (oldestCommitMs === null ? [] : [liveMs - oldestCommitMs])),
    ),
    failed,
    failureRate: live.length > 0 ? failed / live.length : null,
    restore: spreadOf(
      begun.flatMap(({ startedMs, resolvedMs }) => (resolvedMs === null ? [] : [resolvedMs - startedMs])),
    ),
    unresolved: begun.filter(({ resolvedMs }) => resolvedMs === null).length,
    rollback: spreadOf(
      delivered.rollbacks.filter(({ verifiedMs }) => within(verifiedMs)).map(({ stopwatchMs }) => stopwatchMs),
    ),
  }
}

/** A change failed where it was decided to go back, or a grave incident began between its switch and its close. */
export function isFailed(release: LiveRelease, grave: readonly CountedIncident[]): boolean {
  if (release.rolledBackMs !== null && release.rolledBackMs >= release.liveMs) return true
  return grave.some(
    ({ releaseId, startedMs }) =>
      releaseId === release.releaseId &&
      startedMs >= release.liveMs &&
      (release.closedMs === null || startedMs < release.closedMs),
  )
}

export interface Week {
  /** Monday, 00:00 UTC. */
  startMs: number
  live: number
  failed: number
}

const MONDAY_MS = 4 * 86_400_000

/** Every week that the span touches, empty ones too. */
export function deliveryWeeks({ releases, incidents }: Delivered, span: Span): Week[] {
  const grave = incidents.filter(isGrave)
  const weekOf = (atMs: number) => Math.floor((atMs - MONDAY_MS) / WEEK_MS)
  const weeks: Week[] = []
  for (let week = weekOf(span.fromMs); week <= weekOf(span.toMs - 1); week++) {
    weeks.push({ startMs: week * WEEK_MS + MONDAY_MS, live: 0, failed: 0 })
  }
  const first = weekOf(span.fromMs)
  for (const release of releases) {
    if (release.liveMs < span.fromMs || release.liveMs >= span.toMs) continue
    const week = weeks[weekOf(release.liveMs) - first]
    if (!week) continue
    week.live += 1
    if (isFailed(release, grave)) week.failed += 1
  }
  return weeks
}
