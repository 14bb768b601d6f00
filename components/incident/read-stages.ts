import type { Look } from "@/components/status/tones"
import type { Incident, IncidentStage } from "@/lib/domain/incident/incident-state"

export interface StageReading {
  stage: IncidentStage
  done: number
  total: number
  /** The first one in which something is left to do. */
  current: boolean
  look: Look
  /** When it is to be done by. */
  dueMs: number | null
  /** When the last of it was ticked. */
  doneAt: string | null
  late: boolean
}

/** The stages with their clocks, which count from the incident's start. */
export function readStages(incident: Incident, timeScale: number, nowMs: number): StageReading[] {
  const first = incident.stages.findIndex(({ actions }) => actions.some(({ done }) => done === null))
  return incident.stages.map((stage, index) => {
    const ticks = stage.actions.flatMap(({ done }) => (done ? [done.at] : []))
    const whole = ticks.length === stage.actions.length
    const doneAt = whole ? (ticks.sort().at(-1) ?? null) : null
    const dueMs =
      stage.deadlineMs === null ? null : Date.parse(incident.startedAt) + Math.round(stage.deadlineMs * timeScale)
    const until = doneAt ? Date.parse(doneAt) : incident.resolved ? Date.parse(incident.resolved.at) : nowMs
    const late = dueMs !== null && until > dueMs
    const current = index === first
    return {
      ...{ stage, done: ticks.length, total: stage.actions.length, current, dueMs, doneAt, late },
      look: whole
        ? { tone: "pass", word: "Done" }
        : late
          ? { tone: "warn", word: "Late" }
          : current
            ? { tone: "ready", word: "Now" }
            : { tone: "none", word: ticks.length > 0 ? "Begun" : "Ahead" },
    }
  })
}
