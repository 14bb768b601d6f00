import { decideLevelDue } from "@/lib/domain/incident/decide-level-due"
import { findIncident } from "@/lib/domain/incident/find-incident"
import { levelsDue } from "@/lib/domain/incident/levels-due"
import type { Actor } from "@/lib/domain/timeline/actor"
import { standingNow } from "@/lib/server/incident/standing-now"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"
import { incidentTimerData } from "./incident-timer-data"

const CONSOLE: Actor = { type: "console", reason: "the escalation of an incident" }

/**
 * Serves the levels of an incident whose time has come. Most of them only call somebody: the environment is locked by the
 * commit, and the decision made again, where one begins a rollback.
 */
export const serveLevels: TimerHandler = {
  async decide(hand, timer) {
    const { incidentId } = incidentTimerData.parse(timer.data)
    const found = findIncident(hand.state, incidentId)
    if (!found.ok) return found
    const due = levelsDue(found.incident, hand.state.timeScale, hand.now.toISOString())
    if (due.length === 0) return { ok: true, events: [] }
    const standing = await standingNow(hand, found.incident, due)
    return decideLevelDue(hand.state, { incidentId, ...standing }, CONSOLE)
  },
}
