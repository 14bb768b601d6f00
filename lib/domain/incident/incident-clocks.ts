import type { NewTimer } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import { preview } from "@/lib/domain/release/preview"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { incidentSubject, incidentTimers } from "./incident-timers"

export interface Clocks {
  events: NewEvent[]
  timers: NewTimer[]
  cancelTimersOf: string[]
}

/** Events of an incident, with its clocks set anew as the state wants them that they lead to. */
export function withClocks(
  state: ReleaseState,
  { incidentId, events, nowIso }: { incidentId: string; events: NewEvent[]; nowIso: string },
): Clocks {
  const incident = own(preview(state, events, nowIso).incidents, incidentId)
  return {
    events,
    cancelTimersOf: [incidentSubject(incidentId)],
    timers: incident ? incidentTimers(incident, state.timeScale) : [],
  }
}
