import { z } from "zod"
import { duration } from "@/lib/playbook/duration"
import { ruleSchema } from "./rule"
import { commandLines, key, words } from "./text"

export const triggerSchema = z
  .strictObject({
    key,
    title: words(),
    rule: ruleSchema.optional(),
    manual: z.boolean().optional().describe("True: only a person can say that it is so."),
    mode: z.enum(["auto", "ask"]).describe("auto: counts down and acts; ask: pages people and waits for a word."),
  })
  .superRefine((trigger, ctx) => {
    if ((trigger.rule !== undefined) === (trigger.manual === true)) {
      ctx.addIssue({ code: "custom", message: "needs either a `rule` or `manual: true`" })
    }
    if (trigger.manual && trigger.mode === "auto") {
      ctx.addIssue({ code: "custom", path: ["mode"], message: "what only a person can see cannot act by itself" })
    }
  })
export type PlaybookTrigger = z.infer<typeof triggerSchema>

export const rollbackOptionSchema = z.strictObject({
  key,
  title: words(),
  capability: z
    .enum(["promote_previous", "git_revert", "feature_flag"])
    .describe("Offered only where the strategy can do this."),
  budget: duration,
  steps: z
    .array(z.strictObject({ title: words(), commands: commandLines }))
    .min(1)
    .max(100),
  notes: z.array(words(1_000)).max(50).default([]),
  doesNotUndo: z.array(words()).max(50).describe("What stays as it is, said before the click."),
})

const postActionSchema = z
  .strictObject({
    key,
    title: words(),
    detail: words(4_000),
    commands: commandLines.optional(),
    proof: z
      .enum(["verified", "watch"])
      .optional()
      .describe("What ticks it by itself: the verified rollback, or a watch over it. Left out: a person."),
    for: duration.optional().describe("How long that watch is."),
    due: duration.optional().describe("From the end of the rollback."),
  })
  .refine((action) => (action.proof === "watch") === (action.for !== undefined), {
    path: ["for"],
    message: "belongs to `proof: watch`, and is needed there",
  })

export const rollbackSchema = z.strictObject({
  budget: duration.describe("From the decision to `the previous version answers, and is verified`."),
  countdown: duration.describe("How long an automatic rollback can be stopped."),
  triggers: z.array(triggerSchema).min(1).max(200),
  options: z.array(rollbackOptionSchema).min(1).max(20),
  postActions: z.array(postActionSchema).max(100),
})
