import { z } from "zod"
import {
  incidentRoleSchema,
  messageAudiences,
  messageStatuses,
  severitySchema,
} from "@/lib/domain/incident/incident-events"
import { humanText, slug } from "./requests"

export const declareIncidentRequest = z.strictObject({
  title: humanText(200).min(1).describe("What is wrong, in a few words."),
  severity: severitySchema,
  words: humanText(4000).min(1).describe("What was seen."),
})
export const acknowledgeIncidentRequest = z.strictObject({ note: humanText(1000).optional() }).optional()
export const changeSeverityRequest = z.strictObject({ severity: severitySchema, reason: humanText(1000).min(1) })
export const giveIncidentRoleRequest = z.strictObject({
  role: incidentRoleSchema,
  personId: z.uuid().nullable().describe("Null: nobody has it any more."),
  note: humanText(1000).optional(),
})
export const tickIncidentActionRequest = z.strictObject({
  stageKey: slug,
  action: z.number().int().nonnegative().max(1000),
  done: z.boolean(),
})
export const noteIncidentRequest = z.strictObject({ text: humanText(4000).min(1) })
export const pinEventRequest = z.strictObject({ words: humanText(400).min(1) })
export const postMessageRequest = z.strictObject({
  audience: z.enum(messageAudiences),
  status: z.enum(messageStatuses),
  template: slug.nullable().optional(),
  title: humanText(200).min(1),
  text: humanText(4000).min(1),
})
export const resolveIncidentRequest = z.strictObject({
  how: z.enum(["rolled_back", "fixed", "flag_off", "no_action"]),
  words: humanText(4000).min(1),
})
export const reopenIncidentRequest = z.strictObject({ reason: humanText(1000).min(1) })
/** Ends the deployment that is under way, whoever started it. */
export const stopDeployRequest = z.strictObject({ reason: humanText(1000).min(1) })

export const incidentListQuery = z.object({
  service: slug.optional(),
  status: z.enum(["open", "acknowledged", "resolved", "unresolved"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  /** ISO: those that began before. */
  before: z.iso.datetime({ offset: true }).optional(),
})

export const incidentEntrySchema = z.object({
  id: z.uuid(),
  releaseId: z.uuid(),
  releaseName: z.string(),
  service: z.object({ key: z.string(), name: z.string() }),
  environment: z.object({ key: z.string(), name: z.string() }),
  number: z.number().int(),
  title: z.string(),
  severity: severitySchema,
  status: z.enum(["open", "acknowledged", "resolved"]),
  startedAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  /** When its clocks do something next: a level of the escalation, paging again, the end of the time for a repair. */
  nextDueAt: z.string().nullable(),
})
export type IncidentEntry = z.infer<typeof incidentEntrySchema>
export const incidentListSchema = z.object({ incidents: z.array(incidentEntrySchema) })

/** A template of the playbook with its placeholders filled in: a draft, to be read before it is posted. */
export const filledTemplateSchema = z.object({
  key: z.string(),
  title: z.string(),
  audience: z.enum(messageAudiences),
  status: z.enum(messageStatuses),
  text: z.string(),
})
export const filledTemplatesSchema = z.object({ templates: z.array(filledTemplateSchema) })
