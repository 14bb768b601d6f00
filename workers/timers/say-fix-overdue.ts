import { decideFixDue } from "@/lib/domain/incident/decide-fix-due"
import type { Actor } from "@/lib/domain/timeline/actor"
import { doesNotUndo } from "@/lib/server/rollback/does-not-undo"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"
import { incidentTimerData } from "./incident-timer-data"

const CONSOLE: Actor = { type: "console", reason: "an incident was not repaired in time" }

/** Says that the time for a repair is over, and asks whether to go back. */
export const sayFixOverdue: TimerHandler = {
  decide({ state, playbook }, timer) {
    const { incidentId } = incidentTimerData.parse(timer.data)
    return decideFixDue(state, { incidentId, doesNotUndo: doesNotUndo(playbook) }, CONSOLE)
  },
}
