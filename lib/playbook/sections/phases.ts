import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"
import { duration } from "@/lib/playbook/duration"
import { checkBindingSchema } from "./check-binding"
import { commandLines, key, words } from "./text"

/** The phases of a deployment, in the order in which they run. */
export const phaseKeys = ["preflight", "maintenance_on", "deploy", "maintenance_off"] as const

export const stepRunSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("check"), check: checkBindingSchema }),
    z.strictObject({ type: z.literal("maintenance"), action: z.enum(["on", "off"]) }),
    z.strictObject({ type: z.literal("strategy") }).describe("The deployment itself: the environment says how."),
    z.strictObject({
      type: z.literal("confirm"),
      role: roleSchema.optional().describe("Who may confirm; left out: whoever may confirm steps."),
      prompt: words(1_000).describe("What the person is asked."),
    }),
  ])
  .describe("What the console does for this step.")
export type StepRun = z.infer<typeof stepRunSchema>

export const stepSchema = z.strictObject({
  key: key.describe("Unique among the steps of all phases."),
  title: words(),
  commands: commandLines.describe("The document's command lines, word for word; shown, not run."),
  expect: words(1_000).optional(),
  parallel: key.optional().describe("Steps in a row with the same name here run side by side."),
  run: stepRunSchema,
  timeout: duration,
  retries: z.number().int().min(0).max(10).default(0),
  changesWorld: z.boolean().default(false).describe("After an interruption, ask what is so before doing it again."),
  skippableBy: z.array(roleSchema).max(10).default([]).describe("Roles that may skip it, with a reason."),
})
export type PlaybookStep = z.infer<typeof stepSchema>

export const deployOptionSchema = z.strictObject({
  key,
  title: words(),
  strategy: key.describe("The deploy strategy that does this."),
  recommended: z.boolean().default(false),
  steps: z
    .array(z.strictObject({ title: words(), commands: commandLines, notes: z.array(words(1_000)).max(50).default([]) }))
    .min(1)
    .max(100),
})

export const phaseSchema = z.strictObject({
  key: z.enum(phaseKeys),
  title: words(),
  startsBefore: duration.optional().describe("How long before the deployment this phase begins."),
  steps: z.array(stepSchema).min(1).max(1_000),
  deployOptions: z.array(deployOptionSchema).max(20).optional().describe("The documented ways to deploy, for people."),
})
export type PlaybookPhase = z.infer<typeof phaseSchema>
