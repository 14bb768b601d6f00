import { z } from "zod"
import { roleSchema, signoffRoleSchema } from "@/lib/domain/access/roles"
import { blockerCodes } from "@/lib/domain/gate/gate-types"
import { actorSchema } from "@/lib/domain/timeline/actor"

/*
 * What the API answers, for its documentation and for clients in other languages. The console's own pages use the types
 * that these describe; objects are open, because answers may grow.
 */

const instant = z.iso.datetime()

export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ description: "Stable: for programs." }),
    detail: z.string().meta({ description: "A sentence for people." }),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" })

export const blockerSchema = z
  .object({
    code: z.enum(blockerCodes),
    message: z.string(),
    role: roleSchema.optional(),
    href: z.string().optional(),
    subject: z.string().optional(),
  })
  .meta({ id: "Blocker" })

export const gateSchema = z
  .looseObject({
    go: z.boolean(),
    blockers: z.array(blockerSchema),
    window: z.looseObject({ open: z.boolean(), opensAt: instant.nullable(), closesAt: instant.nullable() }),
    freezes: z.looseObject({
      inForce: z.array(z.looseObject({ until: instant.nullable() })),
      until: instant.nullable(),
      next: z.looseObject({ startsAt: instant }).nullable(),
    }),
    opensAt: instant
      .nullable()
      .meta({ description: "When a window is next open and nothing frozen. Null: that is so now, or not in sight." }),
    overridden: z.boolean(),
    renewable: z
      .array(z.string())
      .meta({ description: "Stale items that a start proves again by itself, where nothing else is in its way." }),
  })
  .meta({ id: "Gate" })

export const eventSchema = z
  .object({
    releaseId: z.uuid(),
    seq: z.number().int(),
    id: z.uuid(),
    type: z.string(),
    actor: actorSchema,
    at: instant,
    data: z.record(z.string(), z.unknown()),
    prevHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: "Event", description: "hash = SHA-256(prevHash + canonical JSON of the other fields)" })

export const itemSchema = z
  .looseObject({
    key: z.string(),
    title: z.string(),
    state: z.enum(["open", "passed", "failed", "waived", "not_applicable"]),
    revision: z.number().int(),
    validUntil: instant.nullable(),
  })
  .meta({ id: "ChecklistItem" })

export const releaseSchema = z
  .looseObject({
    id: z.uuid(),
    name: z.string(),
    version: z.string(),
    ref: z.string(),
    commit: z.string().nullable(),
    status: z.enum([
      "preparing",
      "deploying",
      "verifying",
      "watching",
      "rolling_back",
      "rolled_back",
      "rollback_failed",
      "closed",
    ]),
    items: z.record(z.string(), itemSchema),
    signoffs: z.partialRecord(signoffRoleSchema, z.looseObject({ role: signoffRoleSchema, status: z.string() })),
    runs: z.record(z.string(), z.looseObject({ id: z.uuid(), kind: z.string(), status: z.string() })),
    lastSeq: z.number().int(),
  })
  .meta({ id: "Release" })

export const environmentSchema = z
  .looseObject({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    lock: z.looseObject({ reason: z.string(), byName: z.string(), at: instant }).nullable(),
    active: z.looseObject({ releaseId: z.uuid(), releaseName: z.string(), runId: z.uuid() }).nullable(),
  })
  .meta({ id: "Environment" })

export const meSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    roles: z.array(roleSchema),
    allowed: z.array(z.string()),
  })
  .meta({ id: "Me" })

export const changedSchema = z.object({
  release: releaseSchema,
  events: z.array(eventSchema).meta({ description: "What this request added to the timeline." }),
  result: z.unknown().optional(),
})
export const createdReleaseSchema = z.object({ release: releaseSchema })

export const snapshotSchema = z.looseObject({
  release: releaseSchema,
  playbook: z.looseObject({ key: z.string(), name: z.string() }),
  environment: environmentSchema,
  gate: gateSchema,
  contentHash: z.string(),
  me: meSchema,
  cursors: z.object({ log: z.string(), sample: z.string() }),
  serverNow: instant,
})

const counted = z.object({ total: z.number().int() })
export const releaseListSchema = z.object({
  releases: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      version: z.string(),
      status: z.string(),
      service: z.object({ key: z.string(), name: z.string() }),
      environment: z.object({ key: z.string(), name: z.string(), locked: z.boolean() }),
      items: counted.extend({ done: z.number().int() }),
      signoffs: counted.extend({ signed: z.number().int() }),
      createdAt: instant,
      updatedAt: instant,
    }),
  ),
})

export const eventsSchema = z.object({ events: z.array(eventSchema), next: z.number().int().nullable() })

export const evidenceSchema = z.object({
  id: z.uuid(),
  releaseId: z.uuid(),
  subject: z.string(),
  kind: z.string(),
  blocks: z.array(z.unknown()),
  sha256: z.string(),
  resultHash: z.string(),
  createdAt: instant,
  intact: z.boolean(),
})

export const historySchema = z.object({
  events: z.array(eventSchema).meta({ description: "All events of the item, the newest first." }),
  more: z.boolean(),
})

export const environmentListSchema = z.object({
  services: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      environments: z.array(
        z.object({ key: z.string(), name: z.string(), baseUrl: z.string(), strategy: z.string(), locked: z.boolean() }),
      ),
      playbooks: z.array(z.object({ key: z.string(), name: z.string(), version: z.number().int() })),
    }),
  ),
})

export const secretSchema = z
  .object({
    name: z.string(),
    description: z.string().nullable(),
    updatedAt: instant,
    updatedBy: z.string(),
    /** How often it was set: tells two values apart without showing either. */
    version: z.number().int(),
  })
  .meta({ id: "Secret", description: "There is no way to read the value again." })
export const secretListSchema = z.object({ secrets: z.array(secretSchema) })

export const checkKindsSchema = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      summary: z.string(),
      provedBy: z.enum(["machine", "person", "push"]),
      configSchema: z.record(z.string(), z.unknown()),
      examples: z.array(z.object({ title: z.string(), config: z.unknown() })),
    }),
  ),
})

const workItem = z.object({ releaseId: z.uuid(), releaseName: z.string(), itemKey: z.string(), title: z.string() })
export const workSchema = z.object({
  assigned: z.array(
    workItem.extend({
      status: z.enum(["open", "passed", "failed", "stale", "waived", "not_applicable"]),
      dueAt: instant.nullable(),
    }),
  ),
  signatures: z
    .array(
      z.object({
        releaseId: z.uuid(),
        releaseName: z.string(),
        role: signoffRoleSchema,
        title: z.string(),
        onBehalfOf: z.string().nullable().meta({ description: "For whom I would sign as a stand-in." }),
        reason: z.string().nullable().meta({ description: "Why it is asked for again, where it is." }),
        reminded: z.object({ at: instant, by: z.string() }).nullable(),
      }),
    )
    .meta({ description: "Roles of releases for which my signature is awaited." }),
  rounds: z
    .array(
      z.object({
        releaseId: z.uuid(),
        releaseName: z.string(),
        roundKey: z.string(),
        itemKey: z.string(),
        title: z.string(),
        closesAt: instant,
      }),
    )
    .meta({ description: "What is left to be looked at in open rounds that I watch." }),
  followups: z
    .array(
      z.object({
        releaseId: z.uuid(),
        releaseName: z.string(),
        followupKey: z.string(),
        title: z.string(),
        list: z.enum(["post_rollback", "after", "post_incident"]),
        dueAt: instant.nullable(),
      }),
    )
    .meta({ description: "Follow-ups that are mine and not done." }),
  mentions: z.array(workItem.extend({ commentId: z.uuid(), by: z.string(), at: instant, text: z.string() })),
})

export const verificationSchema = z.object({
  ok: z.boolean(),
  events: z.number().int(),
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  faults: z.array(z.object({ seq: z.number().int().nullable(), kind: z.string(), message: z.string() })),
})

export const createdTokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  expiresAt: instant,
  token: z.string().meta({ description: "Shown once." }),
})

export const tokensSchema = z.object({
  tokens: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      scopes: z.array(z.string()),
      createdAt: instant,
      expiresAt: instant.nullable(),
      lastUsedAt: instant.nullable(),
      revokedAt: instant.nullable(),
    }),
  ),
})
