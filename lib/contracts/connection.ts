import { z } from "zod"

const deployedVersionSchema = z.object({
  deploymentId: z.string(),
  version: z.string(),
  commit: z.string().nullable(),
})

/** What a look at an environment found: each part by itself, so that one that fails hides no other. */
export const connectionFindingsSchema = z.object({
  parts: z.array(
    z.object({
      key: z.enum(["secrets", "platform", "maintenance", "service", "repository", "figures"]),
      title: z.string(),
      ok: z.boolean(),
      words: z.string(),
      tookMs: z.number().int(),
    }),
  ),
  live: deployedVersionSchema
    .nullish()
    .describe("What the platform says is live. Null: nothing. Left out: it could not be asked."),
})
export type ConnectionFindings = z.infer<typeof connectionFindingsSchema>
export type ConnectionPart = ConnectionFindings["parts"][number]
