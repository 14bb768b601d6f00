import { decideRoundsDue } from "@/lib/domain/round/decide-rounds-due"
import type { Actor } from "@/lib/domain/timeline/actor"
import { answerRounds } from "@/lib/server/rounds/answer-rounds"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"

const CONSOLE: Actor = { type: "console", reason: "a round is due" }

/** Closes the rounds that are over, opens the one that is due with what was measured, and sets the next timer. */
export const doRounds: TimerHandler = {
  async decide(hand) {
    const resultsOf = await answerRounds(hand)
    return decideRoundsDue(hand.state, { nowMs: hand.now.getTime(), resultsOf }, CONSOLE)
  },
}
