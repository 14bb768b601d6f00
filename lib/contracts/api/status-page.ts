import { z } from "zod"
import { messageStatuses } from "@/lib/domain/incident/incident-events"

export const putStatusPageRequest = z.strictObject({ on: z.boolean() })
export const statusPageSwitchSchema = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  on: z.boolean(),
})

const updateSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  status: z.enum(messageStatuses),
  title: z.string(),
  text: z.string(),
})

/** What customers were told about one incident, and nothing else of it. */
const publicIncidentSchema = z.object({
  /** Of the last message, as somebody wrote it for customers. */
  title: z.string(),
  status: z.enum(messageStatuses),
  /** When customers were told first. */
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  updates: z.array(updateSchema).describe("The newest first."),
})
export type PublicIncident = z.infer<typeof publicIncidentSchema>

/** How a service is, for everybody. */
export const publicStatusSchema = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  state: z.enum(["operational", "maintenance", "incident"]),
  words: z.string(),
  asOf: z.string(),
  maintenance: z.array(z.object({ environment: z.string(), message: z.string(), since: z.string() })),
  incidents: z.array(publicIncidentSchema).describe("Those that are not over."),
  history: z.array(publicIncidentSchema).describe("Those that ended in the last 14 days, the newest first."),
})
export type PublicStatus = z.infer<typeof publicStatusSchema>
