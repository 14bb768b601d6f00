import type { ReleaseState } from "@/lib/domain/release/state"

/**
 * Whether users may be turned away by maintenance mode at this moment: it is on, or is being turned on or off. What is on
 * record follows what is so by a moment, and a 503 in between is no error of the service.
 */
export function mayBeInMaintenance({ maintenance, runs }: Pick<ReleaseState, "maintenance" | "runs">): boolean {
  if (maintenance.on) return true
  return Object.values(runs).some(
    ({ finishedAt, steps }) =>
      finishedAt === null && steps.some(({ status, key, phase }) => status === "running" && isSwitch(key, phase)),
  )
}

/** When it was last turned on or off by a run, epoch ms; 0: never. What was measured before that may be its 503. */
export function maintenanceOverMs({ runs }: Pick<ReleaseState, "runs">): number {
  const ends = Object.values(runs).flatMap(({ steps }) =>
    steps.flatMap(({ key, phase, finishedAt }) => (finishedAt && isSwitch(key, phase) ? [Date.parse(finishedAt)] : [])),
  )
  return Math.max(0, ...ends)
}

function isSwitch(key: string, phase: string): boolean {
  return phase === "maintenance_on" || phase === "maintenance_off" || key.includes("maintenance-off")
}
