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

function isSwitch(key: string, phase: string): boolean {
  return phase === "maintenance_on" || phase === "maintenance_off" || key.includes("maintenance-off")
}
