import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"
import { humanText, slug } from "./requests"

const instant = z.iso.datetime()

/** Any length a person can remember or a program can make; the rules for new ones are asked where they are set. */
const newPassword = z.string().min(1).max(256, "must have at most 256 characters")

export const sessionSchema = z
  .object({
    id: z.uuid(),
    method: z.enum(["password", "passkey", "openid", "invitation"]),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: instant,
    lastSeenAt: instant,
    expiresAt: instant,
    current: z.boolean().meta({ description: "The session that asks." }),
  })
  .meta({ id: "Session" })
export type SessionEntry = z.infer<typeof sessionSchema>
export const sessionsSchema = z.object({ sessions: z.array(sessionSchema) })
export const sessionEndedSchema = z.object({ id: z.uuid(), ended: z.boolean() })
export const sessionsEndedSchema = z.object({ ended: z.number().int() })

export const endOtherSessionsRequest = z.strictObject({}).optional()

const grantSchema = z.object({
  role: roleSchema,
  service: z.object({ key: z.string(), name: z.string() }).nullable().meta({ description: "Null: all services." }),
})
export type GrantEntry = z.infer<typeof grantSchema>

export const personSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    roles: z.array(roleSchema),
    disabled: z.boolean(),
    grants: z.array(grantSchema),
    lastSeenAt: instant.nullable(),
    sessions: z.number().int().meta({ description: "Where they are signed in now." }),
    passkeys: z.number().int(),
    signsInWith: z.array(z.enum(["password", "passkey", "openid"])),
  })
  .meta({ id: "Person" })
export type PersonDetails = z.infer<typeof personSchema>

export const peopleSchema = z.object({ people: z.array(personSchema) })
export const personAnswerSchema = z.object({ person: personSchema })

export const patchPersonRequest = z.strictObject({
  disabled: z.boolean(),
  reason: humanText(400).min(1).optional(),
})

export const changeRoleRequest = z.strictObject({
  role: roleSchema,
  service: slug.nullable().describe("Key of the service; null: for all services."),
})

export const changePasswordRequest = z.strictObject({
  current: z.string().min(1).max(1_000).optional().describe("Left out only by those who have no password yet."),
  password: newPassword,
})
export const passwordChangedSchema = z.object({ endedSessions: z.number().int() })

export const inviteRequest = z.strictObject({
  email: z.email().max(320),
  name: humanText(120).min(1),
  grants: z.array(changeRoleRequest).min(1, "at least one role").max(50),
})

export const invitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    grants: z.array(grantSchema),
    invitedBy: z.object({ id: z.uuid(), name: z.string() }),
    createdAt: instant,
    expiresAt: instant,
    status: z.enum(["open", "accepted", "expired", "revoked"]),
  })
  .meta({ id: "Invitation" })
export type InvitationEntry = z.infer<typeof invitationSchema>
export const invitationsSchema = z.object({ invitations: z.array(invitationSchema) })
export const invitationAnswerSchema = z.object({ invitation: invitationSchema })
export const invitedSchema = z.object({
  invitation: invitationSchema,
  link: z.string().meta({ description: "Where they accept. Shown once; nobody is sent anything." }),
})
export const renewInvitationRequest = z.strictObject({}).optional()

export const acceptInvitationRequest = z.strictObject({
  token: z.string().min(20).max(200),
  name: humanText(120).min(1),
  password: newPassword,
})
export const acceptedSchema = z.object({ email: z.string() })
