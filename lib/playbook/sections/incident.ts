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
    .array(
      z.strictObject({
        key: z.enum(severityKeys),
        title: words(),
        resolution: words(1_000),
        fixWithin: duration.optional().describe("Repaired in this time, or rolled back: people are asked then."),
      }),
    )
    .max(severityKeys.length),
  repage: duration.optional().describe("How long an acknowledgement keeps the phones quiet; 15m where left out."),
  templates: z
    .array(
      z.strictObject({
        key,
        title: words(),
        audience: z.enum(["internal", "customers"]),
        status: z.enum(["investigating", "identified", "monitoring", "resolved"]),
        text: words(4_000).describe(
          "With placeholders such as {{incident.title}}, {{service.name}}, {{release.version}}.",
        ),
      }),
    )
    .max(100)
    .optional()
    .describe("Messages to the team and to customers, filled in when they are posted."),
  escalation: z
    .array(
      z.strictObject({
        severity: z.enum(severityKeys),
        condition: words(),
        steps: z
          .array(
            z.strictObject({
              title: words(),
              after: durationOrZero
                .optional()
                .describe(
                  "From the incident's start; left out: who is to be paged or told is so at once, the rest has no clock.",
                ),
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
