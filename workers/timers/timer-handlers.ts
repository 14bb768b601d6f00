import type { TimerKind } from "@/lib/domain/release/decision"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"
import { beginSchedule } from "./begin-schedule"
import { doRounds } from "./do-rounds"
import { lookBackAfterGoLive } from "./look-back-after-go-live"
import { remindOfSchedule } from "./remind-of-schedule"
import { sayMaintenanceOverdue } from "./say-maintenance-overdue"

const notYet: TimerHandler = { decide: () => ({ ok: true, events: [] }) }

/** One handler for each kind of timer: a kind without one does not compile. */
export const timerHandlers: Record<TimerKind, TimerHandler> = {
  schedule_reminder: remindOfSchedule,
  schedule_begin: beginSchedule,
  maintenance_overdue: sayMaintenanceOverdue,
  incident_level: notYet,
  incident_repage: notYet,
  incident_fix_due: notYet,
  round_due: doRounds,
  after_due: lookBackAfterGoLive,
}
