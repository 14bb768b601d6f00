import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"

/** Who did it: a person (perhaps through a token), a worker on the team's behalf, or the console itself. */
export const actorSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("person"),
    id: z.string(),
    name: z.string(),
    /** The role that let them do it, where one did. */
    role: roleSchema.nullable(),
    /** Set when the act came through an API token. */
    tokenId: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("worker"), id: z.string(), runId: z.string() }),
  z.strictObject({ type: z.literal("console"), reason: z.string() }),
])
export type Actor = z.infer<typeof actorSchema>

export const personRefSchema = z.strictObject({ id: z.string(), name: z.string() })
export type PersonRef = z.infer<typeof personRefSchema>
