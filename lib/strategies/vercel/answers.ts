import { z } from "zod"

/**
 * What is read of Vercel's answers, and no more: a field that Vercel adds, or a state that it invents, must not stop a
 * rollback. Of the published API: `GET /v13/deployments/{idOrUrl}`, `GET /v7/deployments`, `GET /v9/projects/{idOrName}`,
 * `GET /v3/deployments/{idOrUrl}/events`.
 */
const commit = z.string().nullish().catch(null)
export const deploymentSchema = z.object({
  id: z.string(),
  readyState: z.string(),
  /** STAGED: built, and led to by no production domain yet. PROMOTED: has served production. */
  readySubstate: z.string().nullish(),
  target: z.string().nullish(),
  meta: z.record(z.string(), z.string()).catch({}).default({}),
  gitSource: z.object({ ref: z.string().nullish(), sha: commit }).nullish().catch(null),
  errorMessage: z.string().nullish(),
  inspectorUrl: z.string().nullish(),
})
export type Deployment = z.infer<typeof deploymentSchema>

export const deploymentListSchema = z.object({
  deployments: z.array(z.object({ uid: z.string(), meta: z.record(z.string(), z.string()).catch({}).default({}) })),
  pagination: z.object({ next: z.number().nullish() }).nullish(),
})

export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  targets: z
    .object({ production: z.object({ id: z.string() }).nullish() })
    .nullish()
    .catch(null),
  /** The last time that production domains were led elsewhere. */
  lastAliasRequest: z.object({ toDeploymentId: z.string(), jobStatus: z.string() }).nullish().catch(null),
})
export type Project = z.infer<typeof projectSchema>

/** Lines of a build: newer answers have the text beside the type, older ones in `payload`. */
export const eventsSchema = z.array(
  z.object({
    type: z.string().catch(""),
    created: z.number().catch(0),
    id: z.string().nullish().catch(null),
    text: z.string().nullish().catch(null),
    payload: z.object({ id: z.string().nullish(), text: z.string().nullish() }).nullish().catch(null),
  }),
)

export const problemSchema = z.object({
  error: z.object({ code: z.string().catch(""), message: z.string().catch("") }),
})
