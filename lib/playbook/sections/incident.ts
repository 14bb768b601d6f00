import { z } from "zod"
import { duration, durationOrZero } from "@/lib/playbook/duration"
import { key, words } from "./text"

export const severityKeys = ["critical", "high", "medium", "low"] as const

export const incidentSchema = z.strictObject({
  stages: z
    .array(
      z.strictObject({
        key,
        title: words(),
        within: words(80).describe("When, in the document's words."),
        deadline: duration.optional().describe("The same as a clock, from the incident's start, where it is one."),
        actions: z.array(words()).min(1).max(50),
      }),
    )
    .max(50),
  severities: z
    .array(z.strictObject({ key: z.enum(severityKeys), title: words(), resolution: words(1_000) }))
    .max(severityKeys.length),
  escalation: z
    .array(
      z.strictObject({
        severity: z.enum(severityKeys),
        condition: words(),
        steps: z
          .array(
            z.strictObject({
              title: words(),
              after: durationOrZero.optional().describe("From the incident's start; left out: no clock, in order."),
              page: key.optional().describe("Whose phone rings, for example `on-call` or `cto`."),
              notify: key.optional().describe("Who is told without being woken."),
              action: z.enum(["rollback"]).optional().describe("What the console begins by itself."),
            }),
          )
          .min(1)
          .max(50),
      }),
    )
    .max(severityKeys.length),
})
