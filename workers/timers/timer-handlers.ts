import type { TimerKind } from "@/lib/domain/release/decision"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"
import { beginSchedule } from "./begin-schedule"
import { pageAgain } from "./page-again"
import { remindOfSchedule } from "./remind-of-schedule"
import { sayFixOverdue } from "./say-fix-overdue"
import { sayMaintenanceOverdue } from "./say-maintenance-overdue"
import { serveLevels } from "./serve-levels"

const notYet: TimerHandler = { decide: () => ({ ok: true, events: [] }) }

/** One handler for each kind of timer: a kind without one does not compile. */
export const timerHandlers: Record<TimerKind, TimerHandler> = {
  schedule_reminder: remindOfSchedule,
  schedule_begin: beginSchedule,
  maintenance_overdue: sayMaintenanceOverdue,
  incident_level: serveLevels,
  incident_repage: pageAgain,
  incident_fix_due: sayFixOverdue,
  round_due: notYet,
  after_due: notYet,
}
