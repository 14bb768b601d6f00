import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { metricRuleSchema } from "@/lib/domain/metric/rule"
import { strategyEffectSchema } from "./strategy-effect"

/** What a queue job says: look at this run. Everything else is in the run's row. */
export const runJobSchema = z.object({ runId: z.uuid() })

const checkBindingSchema = z.strictObject({ kind: z.string(), config: z.record(z.string(), z.unknown()) })
export type FrozenCheck = z.infer<typeof checkBindingSchema>

const deployedVersionSchema = z.strictObject({
  deploymentId: z.string(),
  version: z.string(),
  commit: z.string().nullable(),
})

/** A rule that is watched for the verdict, with its title for sentences. Durations are real time, already scaled. */
export const watchedRuleSchema = z.strictObject({ key: z.string(), title: z.string(), rule: metricRuleSchema })
export type WatchedRule = z.infer<typeof watchedRuleSchema>

export const watchWorkSchema = z.strictObject({
  type: z.literal("watch"),
  /** Real time, already scaled. Null: until the release is closed or rolled back. */
  durationMs: z.number().int().positive().nullable(),
  /** Fewer good readings of every probed metric than this are no pass. */
  minSamples: z.number().int().positive(),
  rules: z.array(watchedRuleSchema),
})
export type WatchWork = z.infer<typeof watchWorkSchema>

/** What the worker does for one step: frozen when the run was queued, so that a later edit changes nothing under way. */
export const stepWorkSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("check"), check: checkBindingSchema }),
  z.strictObject({ type: z.literal("maintenance"), action: z.enum(["on", "off"]) }),
  z.strictObject({ type: z.literal("strategy"), effect: strategyEffectSchema }),
  z.strictObject({ type: z.literal("confirm"), role: roleSchema.nullable(), prompt: z.string() }),
  watchWorkSchema,
  z.strictObject({ type: z.literal("flag"), flagKey: z.string(), on: z.boolean(), reason: z.string() }),
  z.strictObject({
    ...{ type: z.literal("revert"), mode: z.enum(["branch", "main"]), base: z.string(), branch: z.string() },
    ...{ from: z.string(), to: z.string(), mark: z.string(), message: z.string() },
    author: z.strictObject({ name: z.string(), email: z.string() }),
  }),
])
export type StepWork = z.infer<typeof stepWorkSchema>

export const frozenStepSchema = z.strictObject({
  key: z.string(),
  title: z.string(),
  phase: z.string(),
  phaseTitle: z.string(),
  parallel: z.string().nullable(),
  work: stepWorkSchema,
  timeoutMs: z.number().int().positive(),
  retries: z.number().int().nonnegative(),
  /** After an interruption the world is asked before this is done again. */
  changesWorld: z.boolean(),
  /** Somebody may skip it: when it fails, the run waits for their word instead of ending. */
  skippable: z.boolean().default(false),
  /** ISO instant before which its first attempt does not begin: a scheduled go-live keeps its phases' times. */
  notBefore: z.string().nullable().optional(),
})
export type FrozenStep = z.infer<typeof frozenStepSchema>

export const deploymentTargetSchema = z.strictObject({
  deploymentId: z.string(),
  version: z.string(),
  ref: z.string(),
  commit: z.string().nullable(),
})
export type DeploymentTarget = z.infer<typeof deploymentTargetSchema>

const stepsInput = { steps: z.array(frozenStepSchema), environment: environmentConfigSchema }

export const deployRunInputSchema = z.strictObject({
  kind: z.literal("deploy"),
  ...stepsInput,
  target: deploymentTargetSchema,
})
export const verifyRunInputSchema = z.strictObject({ kind: z.literal("verify"), ...stepsInput })
export const watchRunInputSchema = z.strictObject({ kind: z.literal("watch"), ...stepsInput })
export const rollbackRunInputSchema = z.strictObject({
  kind: z.literal("rollback"),
  ...stepsInput,
  target: deploymentTargetSchema,
  /** What the rollback replaces: a switch from anything else is refused by the platform. */
  from: deployedVersionSchema.nullable(),
})
export const checkRunInputSchema = z.strictObject({
  kind: z.literal("check"),
  itemKey: z.string(),
  check: checkBindingSchema,
  environment: environmentConfigSchema,
})

export const flagRunInputSchema = z.strictObject({ kind: z.literal("flag"), flagKey: z.string(), ...stepsInput })

/** Waits until the proof that its start renews is there, then starts the deployment in the name of who asked for it. */
export const startRunInputSchema = z.strictObject({
  kind: z.literal("start"),
  itemKeys: z.array(z.string()),
  starter: z.strictObject({ id: z.string(), tokenId: z.string().nullable() }),
})

export const runInputSchema = z.discriminatedUnion("kind", [
  startRunInputSchema,
  deployRunInputSchema,
  verifyRunInputSchema,
  watchRunInputSchema,
  rollbackRunInputSchema,
  checkRunInputSchema,
  flagRunInputSchema,
])
export type RunInput = z.infer<typeof runInputSchema>
export type DeployRunInput = z.infer<typeof deployRunInputSchema>
export type VerifyRunInput = z.infer<typeof verifyRunInputSchema>
export type WatchRunInput = z.infer<typeof watchRunInputSchema>
export type RollbackRunInput = z.infer<typeof rollbackRunInputSchema>
export type StartRunInput = z.infer<typeof startRunInputSchema>
export type FlagRunInput = z.infer<typeof flagRunInputSchema>
export type CheckRunInput = z.infer<typeof checkRunInputSchema>
