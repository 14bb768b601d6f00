import { z } from "zod"
import { connectionFindingsSchema } from "@/lib/contracts/connection"
import { environmentConfigSchema } from "@/lib/domain/environment/config"

const deployedVersionSchema = z.object({ deploymentId: z.string(), version: z.string(), commit: z.string().nullable() })
const instant = z.string().describe("ISO 8601, UTC.")

export const connectionTestSchema = z.object({
  id: z.uuid(),
  status: z.enum(["queued", "running", "passed", "failed"]),
  saved: z.boolean().describe("Whether the environment's own settings were tried, and not a draft."),
  askedBy: z.string(),
  askedAt: instant,
  finishedAt: instant.nullable(),
  findings: connectionFindingsSchema.nullable(),
})
export type ConnectionTestView = z.infer<typeof connectionTestSchema>

export const liveVersionSchema = z.object({
  at: instant,
  version: deployedVersionSchema.nullable(),
  from: deployedVersionSchema.nullable(),
  how: z.enum(["switched", "found"]),
  back: z.boolean().describe("A switch that went back to an earlier version."),
  by: z.string(),
  release: z.object({ id: z.uuid(), name: z.string() }).nullable(),
})
export type LiveVersionView = z.infer<typeof liveVersionSchema>

export const environmentViewSchema = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  environment: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
  config: environmentConfigSchema.nullable().describe("Null: the caller may not see the settings."),
  configRevision: z.number().int(),
  live: liveVersionSchema.nullable().describe("What is live as far as the console knows."),
  history: z.array(liveVersionSchema).describe("The newest first, at most 30."),
  lock: z.object({ reason: z.string(), byName: z.string(), at: instant, releaseId: z.string().nullable() }).nullable(),
  active: z.object({ releaseId: z.string(), releaseName: z.string(), runId: z.string(), since: instant }).nullable(),
  lastTest: connectionTestSchema.nullable(),
  serverNow: instant,
  may: z.object({ edit: z.boolean(), test: z.boolean(), unlock: z.boolean() }),
})
export type EnvironmentView = z.infer<typeof environmentViewSchema>

export const putConfigRequest = z.strictObject({
  revision: z.number().int().nonnegative().describe("The revision that was seen; another one meanwhile is a 409."),
  config: environmentConfigSchema,
})
export const putConfigResponse = z.object({ revision: z.number().int(), config: environmentConfigSchema })

export const testConnectionRequest = z.strictObject({
  config: environmentConfigSchema
    .optional()
    .describe("Settings to try before they are saved. Left out: the saved ones."),
})

export const readTestQuery = z.strictObject({
  waitSeconds: z.coerce
    .number()
    .int()
    .min(0)
    .max(25)
    .default(0)
    .describe("How long to wait for the end before it is answered as it stands."),
})
