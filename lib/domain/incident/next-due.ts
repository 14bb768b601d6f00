import type { Incident } from "./incident-state"
import { incidentTimers } from "./incident-timers"

/**
 * When the clocks of an incident do something next: a level that nobody has served, paging again, the end of the time for a
 * repair. ISO; null where none runs any more.
 */
export function nextDueAt(incident: Incident, timeScale: number): string | null {
  // ISO instants of one length in UTC: their order is that of their letters.
  const [first] = incidentTimers(incident, timeScale)
    .map(({ dueAt }) => dueAt)
    .sort()
  return first ?? null
}
