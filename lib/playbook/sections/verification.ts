import { z } from "zod"
import { metricNames } from "@/lib/domain/metric/rule"
import { duration } from "@/lib/playbook/duration"
import { checkBindingSchema } from "./check-binding"
import { ruleSchema } from "./rule"
import { key, words } from "./text"

const captureName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "must be a name such as access_token")

export const immediateCheckSchema = z.strictObject({
  key: key.describe("Unique among all immediate checks and functional tests."),
  title: words(),
  command: words(2_000).describe("The document's command, word for word; shown, not run."),
  expect: words(1_000),
  check: checkBindingSchema,
})

export const functionalTestSchema = z.strictObject({
  key: key.describe("Unique among all immediate checks and functional tests."),
  title: words(),
  request: words(4_000).describe("The document's request, word for word; shown, not sent."),
  expect: words(1_000),
  check: checkBindingSchema,
  captures: z
    .record(captureName, z.string().startsWith("$"))
    .optional()
    .describe("Values of the answer that later tests use as `{{capture.NAME}}`, by JSONPath; the same as the check's."),
})

/** Something that people look for during the watch; with a rule the console looks too. */
const watchForSchema = z.strictObject({ key, title: words(), rule: ruleSchema.optional() })

const dashboardLimitSchema = z.strictObject({
  key,
  title: words(),
  limit: words().describe("The limit in words."),
  metric: z.enum(metricNames).describe("What is plotted."),
  rule: ruleSchema.optional().describe("Left out: it is plotted and a person judges."),
})

export const verificationSchema = z.strictObject({
  immediate: z
    .array(z.strictObject({ key, title: words(), checks: z.array(immediateCheckSchema).min(1).max(200) }))
    .min(1)
    .max(100),
  functional: z.array(functionalTestSchema).max(1_000).describe("Run one after the other."),
  watch: z.strictObject({
    duration: duration.describe("How long the metrics are watched before the verdict."),
    interval: duration.describe("How often people are shown a new reading."),
    minSamples: z.number().int().min(1).max(100_000).describe("Fewer readings than this over the watch are no pass."),
    items: z.array(watchForSchema).max(200),
    dashboard: z.array(dashboardLimitSchema).max(200),
  }),
})
export type PlaybookVerification = z.infer<typeof verificationSchema>
