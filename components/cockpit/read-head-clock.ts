import { formatClock, formatDuration } from "@/lib/client/format"
import type { GateAnswer } from "@/lib/domain/gate/gate"
import type { ReleaseState } from "@/lib/domain/release/state"

export interface HeadClockReading {
  label: string
  text: string
  /** For a screen reader, without seconds that would never stop changing. */
  spoken: string
  tone: "quiet" | "warn" | "fail"
  valueMs: number
  budgetMs?: number
}

/** Which clock matters for a release at `nowMs`, and what it shows. Null: none does. */
export function readHeadClock(
  release: ReleaseState,
  gate: Pick<GateAnswer, "window" | "freezes" | "opensAt">,
  nowMs: number,
): HeadClockReading | null {
  const { rollback, maintenance, budgets, verification } = release
  if (rollback?.status === "counting" && rollback.executesAt) {
    return downTo("Rolls back by itself in", rollback.executesAt, nowMs, "fail")
  }
  if (rollback?.decidedAt && rollback.status === "running") {
    return against("Rollback stopwatch", nowMs - Date.parse(rollback.decidedAt), budgets.rollbackMs)
  }
  if (maintenance.on && maintenance.since) {
    return against("Downtime", maintenance.downtimeMs + nowMs - Date.parse(maintenance.since), budgets.downtimeMaxMs)
  }
  const { schedule } = release
  if (schedule && (schedule.status === "planned" || schedule.status === "begun")) {
    const ahead = [
      { label: "Pre-flight in", at: schedule.preflightAt },
      { label: "Maintenance in", at: schedule.maintenanceAt },
      { label: "Deployment in", at: schedule.startAt },
    ].find(({ at }) => Date.parse(at) > nowMs)
    const waits = release.status === (schedule.status === "planned" ? "preparing" : "deploying")
    if (ahead && waits) return downTo(ahead.label, ahead.at, nowMs, schedule.held ? "warn" : "quiet")
  }
  if (release.status === "deploying") return since("Deploying for", startOf(release, "deploy"), nowMs)
  if (release.status === "verifying") {
    const ends = verification?.watchEndsAt
    return ends ? downTo("Watch ends in", ends, nowMs, "quiet") : since("Verifying for", verification?.startedAt, nowMs)
  }
  if (release.status === "watching") return since("Live for", release.switchedAt, nowMs)
  if (release.status !== "preparing") return null
  return readOpening(gate, nowMs)
}

function readOpening(
  { window, freezes, opensAt }: Pick<GateAnswer, "window" | "freezes" | "opensAt">,
  nowMs: number,
): HeadClockReading | null {
  if (freezes.inForce.length > 0) return opensAt ? downTo("Frozen, opens in", opensAt, nowMs, "warn") : null
  if (!window.open) return opensAt ? downTo("Window opens in", opensAt, nowMs, "quiet") : null
  const { closesAt } = window
  const freezesAt = freezes.next?.startsAt ?? null
  if (freezesAt && (closesAt === null || freezesAt < closesAt))
    return downTo("Freeze begins in", freezesAt, nowMs, "quiet")
  return closesAt ? downTo("Window closes in", closesAt, nowMs, "quiet") : null
}

function startOf(release: ReleaseState, kind: "deploy"): string | null | undefined {
  const id = release.runOrder.findLast((runId) => release.runs[runId]?.kind === kind)
  const run = id ? release.runs[id] : undefined
  return run?.startedAt ?? run?.queuedAt
}

const SECOND = 1_000
const HOUR = 3_600_000

function downTo(label: string, until: string, nowMs: number, tone: HeadClockReading["tone"]): HeadClockReading {
  // Rounded up, like every clock that runs down here: "0:00" is when it happens.
  const leftMs = Math.max(0, Math.ceil((Date.parse(until) - nowMs) / SECOND) * SECOND)
  const text = leftMs >= HOUR ? formatDuration(leftMs) : formatClock(leftMs)
  return { label, text, spoken: formatDuration(leftMs), tone, valueMs: leftMs }
}

function since(label: string, from: string | null | undefined, nowMs: number): HeadClockReading | null {
  if (!from) return null
  const ms = Math.max(0, nowMs - Date.parse(from))
  return { label, text: formatClock(ms), spoken: formatDuration(ms), tone: "quiet", valueMs: ms }
}

function against(label: string, ms: number, budgetMs: number): HeadClockReading {
  const tone = ms > budgetMs ? "fail" : ms > budgetMs * 0.75 ? "warn" : "quiet"
  return { label, text: formatClock(ms), spoken: formatDuration(ms), tone, valueMs: ms, budgetMs }
}
