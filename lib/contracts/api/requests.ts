import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"

/** Text that people type: no NUL, no lone surrogate, no control that turns the direction of text around. */
export const humanText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !text.includes("\u0000"), "must not contain NUL")
    .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
    .refine((text) => !/[\u202a-\u202e\u2066-\u2069]/.test(text), "must not contain bidirectional control characters")

export const slug = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, "must be lower-case letters, digits, - and _")

export const createReleaseRequest = z.strictObject({
  service: slug.describe("Key of the service, for example `postd`."),
  environment: slug.describe("Key of its environment, for example `production`."),
  version: humanText(80).min(1).describe("The version that goes live, for example `1.1.0`."),
  ref: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "must be a git branch, tag or commit")
    .refine((ref) => !ref.includes(".."), "must be a git branch, tag or commit")
    .describe("The git ref that is deployed."),
  name: humanText(120).min(1).optional(),
  playbook: slug.optional().describe("Key of the playbook; the service's only one when left out."),
})

export const patchItemRequest = z
  .strictObject({
    /** The revision that the writer saw; a stale one is refused with the current state. */
    revision: z.number().int().nonnegative(),
    state: z.enum(["open", "passed", "failed", "waived", "not_applicable"]).optional(),
    note: humanText(4000).optional(),
    assigneeId: z.uuid().nullable().optional(),
    dueAt: z.iso.datetime({ offset: true }).nullable().optional(),
    comment: humanText(4000).min(1).optional(),
  })
  .refine((body) => Object.keys(body).length > 1, "must change something besides `revision`")

export const runCheckRequest = z.strictObject({}).optional()

export const signRequest = z.strictObject({
  password: z.string().min(1).max(1000),
  /** Keys of the role's sub-items that the signer confirms: all of them, or it is refused. */
  items: z.array(slug).max(50),
  /** The content hash that the signing page showed: a stale page is refused. */
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  decision: z.enum(["sign", "decline"]).default("sign"),
  reason: humanText(4000).optional(),
})
export const withdrawRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const reopenSignoffRequest = z.strictObject({ reason: humanText(4000).min(1) })

export const requestOverrideRequest = z.strictObject({ reason: humanText(4000).min(10) })
export const approveOverrideRequest = z.strictObject({ overrideId: z.uuid() })
export const withdrawOverrideRequest = z.strictObject({ overrideId: z.uuid(), reason: humanText(4000).min(1) })

export const startDeployRequest = z.strictObject({}).optional()
export const abortRequest = z.strictObject({ reason: humanText(4000).optional() }).optional()
export const startRollbackRequest = z.strictObject({
  reason: humanText(4000).min(1),
  triggerKey: slug.optional(),
})
export const stopRollbackRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const confirmStepRequest = z.strictObject({ note: humanText(4000).optional() }).optional()
export const skipStepRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const closeReleaseRequest = z.strictObject({ note: humanText(4000).optional() }).optional()
export const unlockEnvironmentRequest = z.strictObject({ reason: humanText(4000).min(1) })

export const createTokenRequest = z.strictObject({
  name: humanText(80).min(1),
  scopes: z.array(z.enum(["read", "checklist:write", "release:write", "deploy"])).min(1),
  expiresInDays: z.number().int().min(1).max(366).default(90),
})

export const grantRoleRequest = z.strictObject({ role: roleSchema, service: slug.nullable() })

export const eventsQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
