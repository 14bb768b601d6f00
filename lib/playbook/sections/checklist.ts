import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"
import { duration } from "@/lib/playbook/duration"
import { checkBindingSchema } from "./check-binding"
import { key, words } from "./text"

export const checklistItemSchema = z.strictObject({
  key: key.describe("Unique among all items of the checklist; progress is kept under it."),
  title: words(),
  detail: words(4_000).optional(),
  owner: roleSchema.optional().describe("The role that usually sees to it."),
  evidence: words(1_000).describe("What would prove it, in words, asked of whoever ticks it."),
  check: checkBindingSchema.optional(),
  maxAge: duration.optional().describe("How long its evidence holds; older evidence re-opens the item."),
  waivable: z.boolean().default(true).describe("Whether a role that may can waive it with a reason."),
})
export type PlaybookItem = z.infer<typeof checklistItemSchema>

export const checklistSchema = z.strictObject({
  groups: z
    .array(z.strictObject({ key, title: words(), items: z.array(checklistItemSchema).min(1).max(1_000) }))
    .min(1)
    .max(100),
})
