import { z } from "zod"
import { metricNames } from "@/lib/domain/metric/rule"
import { ruleSchema } from "./rule"
import { commandLines, key, words } from "./text"

export const runbookSchema = z.strictObject({
  logs: z
    .array(
      z.strictObject({
        key,
        title: words(),
        steps: z.array(words(1_000)).max(50).default([]),
        commands: commandLines
          .default([])
          .describe(
            "With {{environment.key}}, {{service.key}}, {{release.version}} and {{since}}, which are filled in.",
          ),
      }),
    )
    .max(50),
  issues: z
    .array(
      z.strictObject({
        key,
        issue: words(),
        symptoms: words(1_000),
        solution: words(1_000),
        metrics: z
          .array(z.enum(metricNames))
          .max(metricNames.length)
          .optional()
          .describe("It is shown first where a trigger, threshold or round on one of these is not fine."),
      }),
    )
    .max(200),
})

export const after72hSchema = z
  .array(
    z.strictObject({
      key,
      title: words(),
      rule: ruleSchema.optional().describe("Held against the last day's readings when the time has come."),
      record: z
        .enum(["no_critical_incident", "review_scheduled"])
        .optional()
        .describe("What the record itself shows: no critical incident in the first 24 hours; a review is scheduled."),
    }),
  )
  .max(200)
  .describe("What must be so 72 hours after go-live, before the release is closed.")
