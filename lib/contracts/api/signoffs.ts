import { z } from "zod"
import { humanText, plausibleInstant, slug } from "@/lib/contracts/api/requests"
import { signoffRoleSchema } from "@/lib/domain/access/roles"

const instant = z.iso.datetime()
const personRef = z.object({ id: z.string(), name: z.string() })
const contentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("The content hash that the signing page showed: a stale page is refused, with what changed.")
const items = z
  .array(slug)
  .max(50)
  .describe("Keys of the role's sub-items that the signer confirms: all of them, or it is refused.")
const onBehalfOf = z
  .uuid()
  .optional()
  .describe("For a stand-in: for which holder of the role. Left out: the only one, or the first.")

/** An authenticator's answer; its parts are parsed where it is verified. */
const assertionSchema = z
  .looseObject({ id: z.string().max(2_000), rawId: z.string().max(2_000), type: z.literal("public-key") })
  .describe("What the browser's `navigator.credentials.get` gave, as JSON.")

export const signRequest = z
  .strictObject({
    password: z.string().min(1).max(1000).optional(),
    passkey: z.strictObject({ challengeId: z.uuid(), response: assertionSchema }).optional(),
    items: items.default([]),
    contentHash: contentHash.optional(),
    onBehalfOf,
    decision: z.enum(["sign", "decline"]).default("sign"),
    reason: humanText(4000).optional(),
  })
  .refine((body) => body.password === undefined || body.passkey === undefined, {
    path: ["passkey"],
    message: "one proof is enough: a password or a passkey",
  })
  .refine((body) => body.decision === "decline" || body.password !== undefined || body.passkey !== undefined, {
    path: ["password"],
    message: "a fresh proof of who you are is needed: a password or a passkey",
  })

export const signChallengeRequest = z.strictObject({
  items,
  contentHash,
  onBehalfOf,
  passkeyId: z.uuid().optional().describe("Which of one's passkeys; the one used last when left out."),
})

export const signChallengeSchema = z.object({
  challengeId: z.uuid(),
  manifestHash: z.string().meta({ description: "SHA-256 of the manifest: its bytes are the challenge." }),
  meaning: z.string(),
  options: z.looseObject({ challenge: z.string() }).meta({ description: "For `navigator.credentials.get`, as JSON." }),
  expiresAt: instant,
})

export const withdrawRequest = z.strictObject({
  reason: humanText(4000).min(1),
  signatureId: z.uuid().optional().describe("Which of the role's signatures; one's own when left out."),
})
export const reopenSignoffRequest = z.strictObject({ reason: humanText(4000).min(1) })

export const remindRequest = z
  .strictObject({
    roles: z
      .array(signoffRoleSchema)
      .min(1)
      .max(4)
      .optional()
      .describe("All whose signature is awaited when left out."),
  })
  .optional()

const delegationSchema = z
  .object({
    id: z.uuid(),
    service: z.object({ key: z.string(), name: z.string() }),
    role: signoffRoleSchema,
    from: personRef,
    to: personRef,
    reason: z.string().nullable(),
    createdAt: instant,
    until: instant.meta({ description: "Half-open: at this instant it is over." }),
    endedAt: instant.nullable(),
    active: z.boolean(),
  })
  .meta({ id: "Delegation" })

export const delegateRequest = z.strictObject({
  service: slug,
  role: signoffRoleSchema,
  to: z.uuid().describe("Who signs for you. They need not hold the role."),
  until: plausibleInstant,
  reason: humanText(400).min(1).optional(),
})
export const delegationsSchema = z.object({ delegations: z.array(delegationSchema) })
export const delegatedSchema = z.object({ delegation: delegationSchema })

/** What a person needs to know to sign a release, besides the release itself. */
export const signingSchema = z.object({
  methods: z.object({
    password: z.boolean(),
    passkeys: z.array(z.object({ id: z.uuid(), name: z.string(), lastUsedAt: instant.nullable() })),
  }),
  standIns: z.array(z.object({ role: signoffRoleSchema, serviceId: z.uuid(), for: personRef, until: instant })),
  delegations: z.array(delegationSchema).meta({ description: "Those of the service that are in force." }),
})

export const sinceQuery = z.strictObject({
  before: z.coerce.number().int().positive().optional().describe("The `seq` of the last change seen."),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const sinceSchema = z.object({
  seenSeq: z.number().int(),
  seenAt: instant.nullable().meta({ description: "Null: never looked at." }),
  lastSeq: z.number().int(),
  total: z.number().int(),
  changes: z.array(
    z.object({
      seq: z.number().int(),
      at: instant,
      by: z.string(),
      title: z.string(),
      detail: z.string().nullable(),
      href: z.string(),
    }),
  ),
  more: z.boolean(),
})
export const seenRequest = z.strictObject({ seq: z.number().int().nonnegative().max(2_147_483_647) })
export const seenSchema = z.object({ seenSeq: z.number().int() })
