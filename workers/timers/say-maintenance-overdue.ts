import { decideMaintenanceOverdue } from "@/lib/domain/maintenance/decide-maintenance"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"

const CONSOLE: Actor = { type: "console", reason: "maintenance mode has been on for too long" }

/** Tells people that users have been looking at the maintenance page for longer than was agreed. */
export const sayMaintenanceOverdue: TimerHandler = {
  decide: ({ state, now }) => decideMaintenanceOverdue(state, { nowIso: now.toISOString() }, CONSOLE),
}
