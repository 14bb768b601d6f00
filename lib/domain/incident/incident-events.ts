import { z } from "zod"
import { personRefSchema } from "@/lib/domain/timeline/actor"
import { severities } from "./severity"

const id = z.string()
const words = z.string()

export const severitySchema = z.enum(severities)

export const incidentRoles = ["commander", "scribe", "communications"] as const
export const incidentRoleSchema = z.enum(incidentRoles)

/** What made it an incident. `key`: of the trigger or threshold; null where a person saw it. */
export const causeSchema = z.strictObject({
  kind: z.enum(["person", "trigger", "threshold", "rollback"]),
  key: z.string().nullable(),
  words,
})

/** A level of the escalation, with its place (from 0) and when it is due, from the incident's start. `afterMs` null: no clock. */
export const levelPlanSchema = z.strictObject({
  n: z.number().int().nonnegative(),
  title: words,
  afterMs: z.number().int().nonnegative().nullable(),
  page: z.string().nullable(),
  notify: z.string().nullable(),
  action: z.enum(["rollback"]).nullable(),
})

/** What the playbook says about incidents of a severity, as it stood when this one began. Durations are not scaled. */
export const incidentPlanSchema = z.strictObject({
  resolution: words,
  /** Repaired in this time, or rolled back. Null: the severity's rule names none. */
  fixWithinMs: z.number().int().positive().nullable(),
  levels: z.array(levelPlanSchema),
  /** How long an acknowledgement keeps the phones quiet. */
  repageMs: z.number().int().positive(),
})

const stageSchema = z.strictObject({
  key: z.string(),
  title: words,
  within: words,
  deadlineMs: z.number().int().positive().nullable(),
  actions: z.array(words),
})

export const messageAudiences = ["internal", "customers"] as const
export const messageStatuses = ["investigating", "identified", "monitoring", "resolved"] as const

export const incidentEventSchemas = {
  "incident.declared": z.strictObject({
    incidentId: id,
    /** Among those of the release, from 1. */
    number: z.number().int().positive(),
    title: words,
    severity: severitySchema,
    cause: causeSchema,
    stages: z.array(stageSchema),
    plan: incidentPlanSchema,
  }),
  /** Something else went wrong while it was open: one incident, not two. */
  "incident.signal_added": z.strictObject({ incidentId: id, cause: causeSchema }),
  "incident.severity_changed": z.strictObject({
    incidentId: id,
    severity: severitySchema,
    reason: words,
    plan: incidentPlanSchema,
  }),
  /** Phones are quiet until `repageAt`. */
  "incident.acknowledged": z.strictObject({ incidentId: id, note: words.nullable(), repageAt: z.string() }),
  /** It was not resolved in the time that the acknowledgement gave. */
  "incident.acknowledgement_lapsed": z.strictObject({ incidentId: id }),
  /** `target`: what the playbook calls them; `people`: who that was at this moment. */
  "incident.paged": z.strictObject({
    incidentId: id,
    level: z.number().int().nonnegative(),
    how: z.enum(["page", "notify", "repage"]),
    target: z.string(),
    people: z.array(personRefSchema),
  }),
  /** Its time came while somebody had acknowledged: nobody is paged, unless the acknowledgement lapses. */
  "incident.level_held": z.strictObject({ incidentId: id, level: z.number().int().nonnegative() }),
  /** Nobody to be paged, or nothing to be done: the next level's clock goes on. */
  "incident.level_skipped": z.strictObject({ incidentId: id, level: z.number().int().nonnegative(), words }),
  "incident.level_acted": z.strictObject({
    incidentId: id,
    level: z.number().int().nonnegative(),
    action: z.enum(["rollback"]),
    words,
  }),
  /** The time in which it was to be repaired is over. */
  "incident.fix_overdue": z.strictObject({ incidentId: id }),
  "incident.role_given": z.strictObject({
    incidentId: id,
    role: incidentRoleSchema,
    person: personRefSchema.nullable(),
    note: words.nullable(),
  }),
  "incident.action_ticked": z.strictObject({
    incidentId: id,
    stageKey: z.string(),
    action: z.number().int().nonnegative(),
    done: z.boolean(),
  }),
  "incident.noted": z.strictObject({ incidentId: id, noteId: id, text: words }),
  /** An event of this timeline that the report must not miss. */
  "incident.event_pinned": z.strictObject({ incidentId: id, seq: z.number().int().positive(), words }),
  "incident.event_unpinned": z.strictObject({ incidentId: id, seq: z.number().int().positive() }),
  "incident.message_posted": z.strictObject({
    incidentId: id,
    messageId: id,
    audience: z.enum(messageAudiences),
    status: z.enum(messageStatuses),
    template: z.string().nullable(),
    title: words,
    text: words,
  }),
  "incident.resolved": z.strictObject({
    incidentId: id,
    how: z.enum(["rolled_back", "fixed", "flag_off", "no_action"]),
    words,
  }),
  "incident.reopened": z.strictObject({ incidentId: id, reason: words, plan: incidentPlanSchema }),
} as const
