import type { Look } from "@/components/status/tones"
import type { Incident, IncidentLevel } from "@/lib/domain/incident/incident-state"
import { levelDueAt } from "@/lib/domain/incident/incident-timers"

export interface Rung {
  n: number
  title: string
  look: Look
  /** What it did or will do, and to whom. */
  words: string
  /** When it is due, while it has not been served. */
  dueMs: number | null
  /** When it was served. ISO. */
  at: string | null
  /** Who will be called, in the playbook's word for them; null once it had its turn, and where it calls nobody. */
  calls: string | null
  /** Its turn is the next by the clock. */
  next: boolean
}

/** The escalation from its first level to its last, each in words. */
export function readLadder(incident: Incident, timeScale: number): Rung[] {
  const over = incident.status === "resolved"
  const ladder = incident.levels.map((level): Rung => {
    const dueAt = over ? null : levelDueAt(incident, level, timeScale)
    return {
      ...{ n: level.n, title: level.title, at: level.at, next: false, calls: dueAt === null ? null : level.page },
      look: lookOf(level, incident),
      words: wordsOf(level, incident),
      dueMs: dueAt === null ? null : Date.parse(dueAt),
    }
  })
  const next = ladder.reduce<Rung | null>(
    (first, rung) => (rung.dueMs !== null && (first?.dueMs == null || rung.dueMs < first.dueMs) ? rung : first),
    null,
  )
  return ladder.map((rung) => (rung === next ? { ...rung, next: true } : rung))
}

function lookOf(level: IncidentLevel, incident: Incident): Look {
  switch (level.status) {
    case "paged":
      return { tone: "pass", word: level.page ? "Paged" : "Told" }
    case "held":
      return { tone: "wait", word: "Held" }
    case "skipped":
      return { tone: "off", word: "Skipped" }
    case "acted":
      return { tone: "pass", word: "Acted" }
    case "waiting":
      if (incident.status === "resolved") return { tone: "off", word: "Not needed" }
      return level.afterMs === null ? { tone: "none", word: "By people" } : { tone: "none", word: "Waits" }
  }
}

function wordsOf(level: IncidentLevel, incident: Incident): string {
  const names = level.people.map(({ name }) => name).join(", ")
  const target = level.page ?? level.notify
  switch (level.status) {
    case "paged":
      return names || `${target ?? "Somebody"} was reached`
    case "held":
      return "Its time came while it was acknowledged"
    case "skipped":
    case "acted":
      return level.words ?? ""
    case "waiting":
      if (level.action === "rollback") return "Starts the rollback, counting down where everyone sees it"
      if (!target) return "No clock and nobody to call: the team does it in its turn"
      if (!level.page) return `Tells ${target}, without waking anyone`
      return incident.status === "acknowledged" ? `${target} is not called while it is acknowledged` : `Calls ${target}`
  }
}
