import type { Incident } from "./incident-state"

/** When the next level is due that nobody has served; null where none has a clock any more. ISO. */
export function nextDueAt({ levels, startedAt, status }: Incident, timeScale: number): string | null {
  if (status === "resolved") return null
  const dueMs = levels.flatMap(({ status: served, afterMs }) =>
    served === "waiting" && afterMs !== null ? [afterMs] : [],
  )
  if (dueMs.length === 0) return null
  return new Date(Date.parse(startedAt) + Math.round(Math.min(...dueMs) * timeScale)).toISOString()
}
