import type { Schedule } from "@/lib/domain/release/state"

/** How near the go-live is when people are told, by the clock of the playbook. */
export const reminderMarks = [
  { mark: "24 hours", leadMs: 24 * 3_600_000 },
  { mark: "1 hour", leadMs: 3_600_000 },
  { mark: "30 minutes", leadMs: 30 * 60_000 },
] as const

export interface Leads {
  /** How long before the deployment pre-flight and maintenance begin. Already scaled. */
  preflightMs: number
  maintenanceMs: number
}

/** When the parts of a scheduled go-live begin. What would lie in the past begins now. ISO instants. */
export function scheduleTimes(
  startAt: string,
  { preflightMs, maintenanceMs }: Leads,
  nowMs: number,
): Pick<Schedule, "startAt" | "preflightAt" | "maintenanceAt"> {
  const startMs = Date.parse(startAt)
  const at = (leadMs: number) => new Date(Math.max(nowMs, startMs - leadMs)).toISOString()
  return { startAt: new Date(startMs).toISOString(), preflightAt: at(preflightMs), maintenanceAt: at(maintenanceMs) }
}

/** The reminders that are still ahead, soonest first. Their leads are scaled, like all waiting of the playbook. */
export function remindersAhead(startAt: string, timeScale: number, nowMs: number): { mark: string; at: string }[] {
  return reminderMarks
    .map(({ mark, leadMs }) => ({ mark, atMs: Date.parse(startAt) - leadMs * timeScale }))
    .filter(({ atMs }) => atMs > nowMs)
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ mark, atMs }) => ({ mark, at: new Date(atMs).toISOString() }))
}
