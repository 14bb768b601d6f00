import type { z } from "zod"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type {
  causeSchema,
  incidentPlanSchema,
  incidentRoles,
  levelPlanSchema,
  messageAudiences,
  messageStatuses,
} from "./incident-events"
import type { severities } from "./severity"

export type Severity = (typeof severities)[number]
export type IncidentRole = (typeof incidentRoles)[number]
export type IncidentCause = z.infer<typeof causeSchema>
export type IncidentPlan = z.infer<typeof incidentPlanSchema>
export type LevelPlan = z.infer<typeof levelPlanSchema>

/** `acknowledged` stops the phones, not the clocks. */
export type IncidentStatus = "open" | "acknowledged" | "resolved"

/** waiting: its time has not come, or it has no clock. held: it came while somebody had acknowledged. */
export type LevelStatus = "waiting" | "paged" | "held" | "skipped" | "acted"

export interface IncidentLevel extends LevelPlan {
  status: LevelStatus
  at: string | null
  /** Who was paged, or why nobody was. */
  people: PersonRef[]
  words: string | null
}

export interface IncidentStage {
  key: string
  title: string
  within: string
  deadlineMs: number | null
  actions: { title: string; done: { by: string; at: string } | null }[]
}

export interface IncidentMessage {
  id: string
  audience: (typeof messageAudiences)[number]
  status: (typeof messageStatuses)[number]
  template: string | null
  title: string
  text: string
  by: string
  at: string
}

export interface Incident {
  id: string
  number: number
  title: string
  severity: Severity
  status: IncidentStatus
  cause: IncidentCause
  /** What else went wrong while it was open, oldest first. */
  signals: (IncidentCause & { at: string })[]
  startedAt: string
  /** The start of the escalation's clocks: the incident's start, or when it was last re-opened. */
  escalatesFrom: string
  declaredBy: string
  resolution: string
  /** When it is to be repaired, or rolled back. Not scaled. */
  fixWithinMs: number | null
  fixOverdueAt: string | null
  repageMs: number
  levels: IncidentLevel[]
  stages: IncidentStage[]
  acknowledged: { by: PersonRef; at: string; note: string | null; repageAt: string } | null
  /** The first one: what the response is measured by. */
  firstAcknowledgedAt: string | null
  roles: Partial<Record<IncidentRole, PersonRef>>
  notes: { id: string; text: string; by: string; at: string }[]
  pins: { seq: number; words: string; by: string; at: string }[]
  messages: IncidentMessage[]
  resolved: { by: string; at: string; how: "rolled_back" | "fixed" | "flag_off" | "no_action"; words: string } | null
}
