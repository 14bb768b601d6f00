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

const EARLIEST_MS = Date.UTC(2000, 0, 1)
const LATEST_MS = Date.UTC(2200, 0, 1)

/** An instant that a calendar of people holds: the far past and the far future are slips of the pen. */
export const plausibleInstant = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= EARLIEST_MS && Date.parse(text) < LATEST_MS, "must lie between 2000 and 2200")

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
    dueAt: plausibleInstant.nullable().optional(),
    comment: humanText(4000).min(1).optional(),
    /** Whom the comment calls, by id; they find it among their work. */
    mentions: z.array(z.uuid()).max(20).optional(),
  })
  .refine((body) => body.mentions === undefined || body.comment !== undefined, {
    path: ["mentions"],
    message: "belong to a comment",
  })
  .refine((body) => Object.keys(body).length > 1, "must change something besides `revision`")

export const runCheckRequest = z.strictObject({}).optional()

export const proveRequest = z
  .strictObject({
    which: z
      .enum(["unproved", "stale", "all"])
      .default("unproved")
      .describe("`unproved`: all that do not hold now. `stale`: those that held once. `all`: everything afresh."),
    items: z.array(slug).min(1).max(1000).optional().describe("Only these, whatever their state."),
  })
  .optional()

const evidenceInstant = plausibleInstant.describe(
  "When it was found out; the limit of age counts from here. Left out: now.",
)

/** Text, a link, or the result of another system. */
export const addEvidenceRequest = z.strictObject({
  outcome: z
    .enum(["passed", "failed"])
    .optional()
    .describe("Decides the item. Left out: it is kept beside whatever proves the item."),
  summary: humanText(400).min(1).describe("One sentence: what was found."),
  text: humanText(100_000).optional().describe("More of it: notes, output."),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  facts: z
    .array(z.strictObject({ label: humanText(120).min(1), value: humanText(1000) }))
    .max(50)
    .optional(),
  source: humanText(120).min(1).optional().describe("The system that found it out, for example `GitHub Actions`."),
  at: evidenceInstant.optional(),
  revision: z.number().int().nonnegative().optional().describe("The item's revision that the writer saw."),
})

/** Beside the file itself, which is the body. */
export const addFileQuery = z.strictObject({
  name: humanText(200).min(1).describe("The file's name. Folders in it are left out."),
  outcome: z.enum(["passed", "failed"]).optional(),
  summary: humanText(400).min(1).optional(),
  at: evidenceInstant.optional(),
  revision: z.coerce.number().int().nonnegative().optional(),
})

export const removeEvidenceRequest = z.strictObject({ reason: humanText(4000).min(1).optional() }).optional()

export const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "must be capital letters, digits and _, beginning with a letter")
export const putSecretRequest = z.strictObject({
  value: z
    .string()
    .min(1)
    .max(65_536)
    .refine((text) => text.isWellFormed() && !text.includes("\u0000"), "must be text without NUL"),
  description: humanText(400).optional(),
})

/** `freezeIds`: the freezes in force, all of them; a freeze that begins later is not passed. */
export const requestOverrideRequest = z.strictObject({
  reason: humanText(4000).min(10),
  freezeIds: z.array(z.uuid()).max(50).optional(),
})
export const approveOverrideRequest = z.strictObject({ overrideId: z.uuid() })
export const withdrawOverrideRequest = z.strictObject({ overrideId: z.uuid(), reason: humanText(4000).min(1) })

export const startDeployRequest = z.strictObject({}).optional()
export const abortRequest = z.strictObject({ reason: humanText(4000).optional() }).optional()
export const pauseRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const resumeRequest = z.strictObject({ note: humanText(4000).optional() }).optional()
export const startRollbackRequest = z.strictObject({
  reason: humanText(4000).min(1),
  triggerKey: slug.optional(),
  option: z
    .enum(["promote_previous", "git_revert"])
    .default("promote_previous")
    .describe("The way back: what was live before, or the commits taken back and that deployed."),
})
export const extendWatchRequest = z.strictObject({
  minutes: z.number().int().min(1).max(240).describe("Of the playbook's time."),
  reason: humanText(4000).min(1),
})
export const endWatchRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const acceptVerificationRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const patchFollowupRequest = z
  .strictObject({
    /** The revision that the writer saw; a stale one is refused with the current state. */
    revision: z.number().int().nonnegative(),
    done: z.boolean().optional(),
    assigneeId: z.uuid().nullable().optional(),
    note: humanText(4000).optional(),
  })
  .refine(
    (body) => body.done !== undefined || body.assigneeId !== undefined,
    "must change something besides `revision`",
  )
export const setFlagRequest = z.strictObject({ on: z.boolean(), reason: humanText(4000).min(1) })
export const stopRollbackRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const confirmStepRequest = z.strictObject({ note: humanText(4000).optional() }).optional()
export const skipStepRequest = z.strictObject({ reason: humanText(4000).min(1) })
export const closeReleaseRequest = z.strictObject({ note: humanText(4000).optional() }).optional()
export const unlockEnvironmentRequest = z.strictObject({ reason: humanText(4000).min(1) })

export const createTokenRequest = z.strictObject({
  name: humanText(80).min(1),
  scopes: z.array(z.enum(["read", "evidence:write", "checklist:write", "release:write", "deploy"])).min(1),
  expiresInDays: z.number().int().min(1).max(366).default(90),
})

export const grantRoleRequest = z.strictObject({ role: roleSchema, service: slug.nullable() })

export const eventsQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
