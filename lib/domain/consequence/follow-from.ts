import { preview } from "@/lib/domain/release/preview"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { type Consequence, type ConsequenceContext, nothingFollows } from "./consequence"
import { firstDaysOfEvent } from "./first-days"
import { incidentOfEvent } from "./incident-of-events"

const rules = [incidentOfEvent, firstDaysOfEvent]

/**
 * What follows from the events of a commit, whoever caused them: an incident from a breach, the rounds from a switch. Each
 * event is looked at in the state that it finds; what follows stands behind all of them.
 */
export function followFrom(
  before: ReleaseState,
  events: readonly NewEvent[],
  context: ConsequenceContext,
): Consequence {
  let state = before
  let all = nothingFollows
  for (const event of events) {
    for (const rule of rules) {
      const found = rule(preview(state, all.events, context.nowIso), event, context)
      all = {
        events: [...all.events, ...found.events],
        timers: [...all.timers.filter(({ subject }) => !found.cancelTimersOf.includes(subject)), ...found.timers],
        cancelTimersOf: [...all.cancelTimersOf, ...found.cancelTimersOf],
      }
    }
    state = preview(state, [event], context.nowIso)
  }
  return all
}
