import type { Incident, IncidentLevel } from "./incident-state"
import { levelDueAt } from "./incident-timers"

/** The levels whose time has come, in the order of their times. */
export function levelsDue(incident: Incident, timeScale: number, nowIso: string): IncidentLevel[] {
  return onClocks(incident).filter((level) => (levelDueAt(incident, level, timeScale) ?? nowIso) <= nowIso)
}

/** Levels that page somebody and have not had their turn, in the order of their times. */
export function pageLevelsToCome(incident: Incident): (IncidentLevel & { page: string })[] {
  return onClocks(incident).flatMap((level) => (level.page === null ? [] : [{ ...level, page: level.page }]))
}

function onClocks({ levels, status }: Incident): IncidentLevel[] {
  if (status === "resolved") return []
  return levels
    .filter((level) => level.status === "waiting" && level.afterMs !== null)
    .sort((a, b) => (a.afterMs ?? 0) - (b.afterMs ?? 0) || a.n - b.n)
}
