import { decideRepageDue, highestPaged } from "@/lib/domain/incident/decide-repage-due"
import { findIncident } from "@/lib/domain/incident/find-incident"
import type { Actor } from "@/lib/domain/timeline/actor"
import { peopleOf } from "@/lib/server/incident/standing-now"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"
import { incidentTimerData } from "./incident-timer-data"

const CONSOLE: Actor = { type: "console", reason: "an incident was acknowledged and not resolved" }

/** The time that an acknowledgement gave is over. */
export const pageAgain: TimerHandler = {
  async decide(hand, timer) {
    const { incidentId } = incidentTimerData.parse(timer.data)
    const found = findIncident(hand.state, incidentId)
    if (!found.ok) return found
    const target = highestPaged(found.incident)?.page ?? null
    const onCall = target === null ? [] : await peopleOf(hand, target)
    return decideRepageDue(hand.state, { incidentId, onCall, nowIso: hand.now.toISOString() }, CONSOLE)
  },
}
