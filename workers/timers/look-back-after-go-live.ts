import { decideAfterDue, openAfterList } from "@/lib/domain/followup/decide-after-due"
import type { Actor } from "@/lib/domain/timeline/actor"
import { afterFindings } from "@/lib/server/followups/after-findings"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"

const CONSOLE: Actor = { type: "console", reason: "three days have passed since go-live" }

/** Three days after go-live: ticks what readings and record show, and tells people of what is left. */
export const lookBackAfterGoLive: TimerHandler = {
  async decide(hand) {
    if (openAfterList(hand.state).length === 0) return { ok: true, events: [] }
    return decideAfterDue(hand.state, await afterFindings(hand), CONSOLE)
  },
}
