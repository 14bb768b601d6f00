import { z } from "zod"
import { ruleSchema } from "./rule"
import { key, words } from "./text"

const thresholdSchema = z.strictObject({
  key,
  title: words(),
  rule: ruleSchema.optional().describe("Left out: a person says that it is so."),
})

export const thresholdsSchema = z.strictObject({
  critical: z.array(thresholdSchema).max(200).describe("Act at once."),
  warning: z.array(thresholdSchema).max(200).describe("Investigate."),
})
