import { z } from "zod"
import { roleSchema, signoffRoleSchema } from "@/lib/domain/access/roles"
import { incidentEventSchemas } from "@/lib/domain/incident/incident-events"
import { metricRuleSchema } from "@/lib/domain/metric/rule"
import { reportEventSchemas } from "@/lib/domain/report/report-events"
import { reviewEventSchemas } from "@/lib/domain/review/review-events"
import { roundEventSchemas } from "@/lib/domain/round/round-events"
import { thresholdEventSchemas } from "@/lib/domain/threshold/threshold-events"
import { personRefSchema } from "@/lib/domain/timeline/actor"
import { deploymentWindowSchema } from "@/lib/domain/window/window"

const id = z.string()
const instant = z.string()
const words = z.string()

export const evidenceRefSchema = z.strictObject({
  id,
  kind: z.string(),
  summary: words,
  sha256: z.string(),
  resultHash: z.string(),
  at: instant,
  by: words,
  validUntil: instant.nullable(),
})

const deployedVersionSchema = z.strictObject({ deploymentId: id, version: z.string(), commit: z.string().nullable() })

export const plannedStepSchema = z.strictObject({
  key: z.string(),
  title: words,
  phase: z.string(),
  phaseTitle: words,
  parallel: z.string().nullable(),
})

const itemChange = z.strictObject({
  itemKey: z.string(),
  evidence: evidenceRefSchema.nullable(),
  note: words.nullable(),
})

const stepEnd = z.strictObject({
  runId: id,
  stepKey: z.string(),
  attempt: z.number().int(),
  status: z.enum(["passed", "failed", "aborted", "timed_out"]),
  summary: words,
  evidenceId: id.nullable(),
  adopted: z.boolean(),
})

/** Every event of a release, by type: names in the past tense. Adding one means folding it in `evolve` (the compiler insists). */
export const eventDataSchemas = {
  "release.created": z.strictObject({
    name: words,
    version: z.string(),
    ref: z.string(),
    commit: z.string().nullable(),
    service: z.strictObject({ id, key: z.string(), name: words }),
    environment: z.strictObject({ id, key: z.string(), name: words }),
    playbook: z.strictObject({ versionId: id, number: z.number().int(), hash: z.string(), name: words }),
    createdBy: personRefSchema,
    window: deploymentWindowSchema,
    policy: z.strictObject({
      distinctPeople: z.boolean(),
      authorMaySign: z.boolean(),
      starterMaySign: z.boolean(),
      order: z.enum(["parallel", "sequence"]).optional(),
      expireMs: z.number().int().positive().nullable().optional(),
    }),
    timeScale: z.number().positive(),
    groups: z.array(z.strictObject({ key: z.string(), title: words, itemKeys: z.array(z.string()) })),
    items: z.array(
      z.strictObject({
        key: z.string(),
        title: words,
        detail: words.nullable(),
        groupKey: z.string(),
        owner: z.string().nullable(),
        evidenceWanted: words,
        check: z
          .strictObject({ kind: z.string(), provedBy: z.enum(["machine", "person", "push"]).optional() })
          .nullable(),
        maxAgeMs: z.number().int().positive().nullable(),
        waivable: z.boolean(),
      }),
    ),
    signoffs: z.array(
      z.strictObject({
        role: signoffRoleSchema,
        title: words,
        meaning: words,
        items: z.array(z.strictObject({ key: z.string(), title: words })),
        quorum: z.number().int().positive().optional(),
      }),
    ),
    triggers: z.array(
      z.strictObject({
        key: z.string(),
        title: words,
        mode: z.enum(["auto", "ask"]),
        rule: metricRuleSchema.nullable(),
      }),
    ),
    budgets: z.strictObject({
      downtimeMaxMs: z.number().int(),
      rollbackMs: z.number().int(),
      countdownMs: z.number().int(),
    }),
  }),
  "release.closed": z.strictObject({ note: words.nullable() }),

  "checklist.item_passed": itemChange,
  "checklist.item_failed": itemChange,
  "checklist.item_reopened": z.strictObject({ itemKey: z.string(), note: words.nullable() }),
  "checklist.item_waived": z.strictObject({ itemKey: z.string(), reason: words }),
  "checklist.item_not_applicable": z.strictObject({ itemKey: z.string(), reason: words }),
  "checklist.item_assigned": z.strictObject({ itemKey: z.string(), assignee: personRefSchema.nullable() }),
  "checklist.item_due_set": z.strictObject({ itemKey: z.string(), dueAt: instant.nullable() }),
  "checklist.comment_added": z.strictObject({
    itemKey: z.string(),
    commentId: id,
    text: words,
    mentions: z.array(personRefSchema).optional(),
  }),
  "checklist.evidence_added": z.strictObject({ itemKey: z.string(), evidence: evidenceRefSchema }),
  /** It is not shown as proof any more; what was kept stays kept. */
  "checklist.evidence_removed": z.strictObject({ itemKey: z.string(), evidenceId: id, reason: words.nullable() }),
  /** Several checks at once, by item key: `checklist.check_requested` follows for each that is not under way already. */
  "checklist.proof_requested": z.strictObject({ proofId: id, runIds: z.record(z.string(), id) }),
  "checklist.check_requested": z.strictObject({ itemKey: z.string(), runId: id }),
  /** The check could not be carried out at all: the item stays as it was. */
  "checklist.check_errored": z.strictObject({ itemKey: z.string(), runId: id, message: words }),

  "signoff.signed": z.strictObject({
    role: signoffRoleSchema,
    signatureId: id,
    signer: personRefSchema,
    /** The holder of the role for whom a stand-in signed. */
    onBehalfOf: personRefSchema.optional(),
    method: z.enum(["password", "passkey"]),
    meaning: words,
    items: z.array(z.string()),
    manifestHash: z.string(),
    /** The console's Ed25519 seal over the manifest, base64url, and the key it verifies with. */
    seal: z.string(),
    sealKeyId: z.string(),
    evidenceId: id,
    expiresAt: instant.optional(),
  }),
  "signoff.declined": z.strictObject({
    role: signoffRoleSchema,
    reason: words,
    onBehalfOf: personRefSchema.optional(),
  }),
  /** Without a signature's id: all of the role's. */
  "signoff.withdrawn": z.strictObject({ role: signoffRoleSchema, reason: words, signatureId: id.optional() }),
  "signoff.reopened": z.strictObject({ role: signoffRoleSchema, reason: words }),
  /** `cause`: all changes in words. `changes`: the same, one by one, for programs. */
  "signoff.voided": z.strictObject({
    role: signoffRoleSchema,
    cause: words,
    changes: z
      .array(
        z.strictObject({
          subject: z.string(),
          field: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        }),
      )
      .optional(),
  }),
  /** Told to those who have not signed: `to` names them. */
  "signoff.reminded": z.strictObject({ roles: z.array(signoffRoleSchema), to: z.array(personRefSchema) }),

  "schedule.set": z.strictObject({ scheduleId: id, startAt: instant, preflightAt: instant, maintenanceAt: instant }),
  "schedule.cancelled": z.strictObject({ scheduleId: id, reason: words }),
  /** People were told that it is near: `mark` is how near, as `24h`, `1h`, `30m`. */
  "schedule.reminded": z.strictObject({ scheduleId: id, mark: z.string() }),
  /** Pre-flight is due and the gate is shut: it is asked again until the start is due. */
  "schedule.held": z.strictObject({ scheduleId: id, blockers: z.array(words) }),
  "schedule.begun": z.strictObject({ scheduleId: id, runId: id }),
  "schedule.expired": z.strictObject({ scheduleId: id, reason: words }),

  /** `freezeIds`: the freezes in force that it asks to pass, besides the window. */
  "override.requested": z.strictObject({ overrideId: id, reason: words, freezeIds: z.array(id).optional() }),
  "override.approved": z.strictObject({ overrideId: id, expiresAt: instant }),
  "override.withdrawn": z.strictObject({ overrideId: id, reason: words }),

  "run.queued": z.strictObject({
    runId: id,
    kind: z.enum(["check", "start", "deploy", "verify", "watch", "rollback", "flag"]),
    itemKey: z.string().nullable(),
    notBefore: instant.nullable(),
    steps: z.array(plannedStepSchema),
  }),
  /** A worker holds the run: the first claim starts it, a later one resumes it. */
  "run.claimed": z.strictObject({ runId: id, fence: z.number().int(), workerId: z.string() }),
  "run.abort_requested": z.strictObject({ runId: id, reason: words.nullable() }),
  "run.paused": z.strictObject({ runId: id, reason: words }),
  "run.resumed": z.strictObject({ runId: id, note: words.nullable() }),
  "run.finished": z.strictObject({
    runId: id,
    status: z.enum(["passed", "failed", "inconclusive", "aborted", "cancelled"]),
    outcome: words,
  }),

  "step.started": z.strictObject({ runId: id, stepKey: z.string(), attempt: z.number().int() }),
  "step.finished": stepEnd,
  "step.interrupted": z.strictObject({ runId: id, stepKey: z.string(), attempt: z.number().int(), words }),
  "step.waiting": z.strictObject({ runId: id, stepKey: z.string(), prompt: words, role: roleSchema.nullable() }),
  "step.confirmed": z.strictObject({ runId: id, stepKey: z.string(), note: words.nullable() }),
  "step.skipped": z.strictObject({ runId: id, stepKey: z.string(), reason: words }),

  "maintenance.turned_on": z.strictObject({ message: words, provider: z.string() }),
  "maintenance.overdue": z.strictObject({ downtimeMs: z.number().int().nonnegative() }),
  "maintenance.turned_off": z.strictObject({ provider: z.string() }),

  "deployment.found_live": z.strictObject({ previous: deployedVersionSchema.nullable() }),
  "deployment.switched": z.strictObject({
    from: deployedVersionSchema.nullable(),
    to: deployedVersionSchema,
    adopted: z.boolean(),
  }),

  "verification.watch_started": z.strictObject({ runId: id, endsAt: instant }),
  "verification.verdict_given": z.strictObject({
    runId: id,
    verdict: z.enum(["pass", "fail", "inconclusive"]),
    reasons: z.array(words),
  }),

  /** A person: longer, or no longer. `endsAt` is when the watch ends now. */
  "verification.extended": z.strictObject({ runId: id, endsAt: instant, reason: words }),
  "verification.ended_early": z.strictObject({ runId: id, endsAt: instant, reason: words }),
  /** A person takes it as it is, though the verdict was not a pass. */
  "verification.accepted": z.strictObject({ runId: id, reason: words }),

  /** It was red before the switch, and cannot trigger until it has been fine once. */
  "trigger.baseline_recorded": z.strictObject({ triggerKey: z.string(), words }),
  "trigger.baseline_cleared": z.strictObject({ triggerKey: z.string(), words }),
  "trigger.armed": z.strictObject({ triggerKeys: z.array(z.string()) }),
  "trigger.breached": z.strictObject({ triggerKey: z.string(), words, runId: id.nullable() }),

  /** `triggerKey` null: no trigger, but a deployment or a verification that failed past the switch. */
  "rollback.asked": z.strictObject({
    triggerKey: z.string().nullable(),
    reason: words,
    to: deployedVersionSchema.nullable(),
    doesNotUndo: z.array(words),
  }),
  /** `triggerKey` null: an incident that nobody resolved in time. */
  "rollback.countdown_started": z.strictObject({
    triggerKey: z.string().nullable(),
    reason: words,
    runId: id,
    executesAt: instant,
    to: deployedVersionSchema,
    doesNotUndo: z.array(words),
  }),
  "rollback.countdown_stopped": z.strictObject({ reason: words }),
  /** The decision: the stopwatch starts. */
  "rollback.decided": z.strictObject({
    runId: id,
    reason: words,
    triggerKey: z.string().nullable(),
    option: z.enum(["promote_previous", "git_revert"]),
    to: deployedVersionSchema,
    doesNotUndo: z.array(words),
  }),
  /** The commit that goes back is in the repository. */
  "rollback.reverted": z.strictObject({ runId: id, commit: z.string(), branch: z.string() }),
  "rollback.verified": z.strictObject({ runId: id, stopwatchMs: z.number().int().nonnegative() }),
  "rollback.failed": z.strictObject({ runId: id, reason: words }),
  /** The version that is live again is watched until then, and what came of it. */
  "rollback.watch_started": z.strictObject({ runId: id, endsAt: instant }),
  "rollback.watched": z.strictObject({
    runId: id,
    verdict: z.enum(["pass", "fail", "inconclusive"]),
    reasons: z.array(words),
  }),

  "followup.opened": z.strictObject({
    list: z.enum(["post_rollback", "after", "post_incident"]),
    followups: z.array(
      z.strictObject({
        key: z.string(),
        title: words,
        detail: words,
        commands: z.array(z.string()),
        proof: z.enum(["verified", "watch", "rule", "record"]).nullable(),
        dueAt: instant.nullable(),
        assignee: personRefSchema.nullable().optional(),
        /** What it came from: an incident's id. */
        subject: z.string().optional(),
      }),
    ),
  }),
  "followup.assigned": z.strictObject({ followupKey: z.string(), assignee: personRefSchema.nullable() }),
  "followup.done": z.strictObject({ followupKey: z.string(), note: words.nullable() }),
  "followup.reopened": z.strictObject({ followupKey: z.string(), note: words.nullable() }),
  /** Its time has come, and this is left. `words`: what the console found where it looked. */
  "followup.due": z.strictObject({
    list: z.enum(["post_rollback", "after", "post_incident"]),
    left: z.array(z.strictObject({ followupKey: z.string(), title: words, words: words.nullable() })),
  }),

  "flag.asked": z.strictObject({ flagKey: z.string(), title: words, on: z.boolean(), reason: words, runId: id }),
  "flag.turned": z.strictObject({
    flagKey: z.string(),
    on: z.boolean(),
    runId: id,
    tookMs: z.number().int().nonnegative(),
  }),
  "flag.not_turned": z.strictObject({ flagKey: z.string(), runId: id, problem: words }),

  ...incidentEventSchemas,
  ...thresholdEventSchemas,
  ...roundEventSchemas,
  ...reviewEventSchemas,
  ...reportEventSchemas,

  "environment.locked": z.strictObject({ reason: words }),
  "environment.unlocked": z.strictObject({ reason: words }),
} as const

export type EventType = keyof typeof eventDataSchemas
export type EventData<T extends EventType> = z.infer<(typeof eventDataSchemas)[T]>
