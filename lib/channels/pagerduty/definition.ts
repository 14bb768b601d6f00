import { z } from "zod"
import type { Notification } from "@/lib/domain/notification/notification"
import type { ChannelDefinition } from "../contract"

export const pagerdutyConfigSchema = z.strictObject({
  routingKey: z
    .string()
    .regex(/^[A-Za-z0-9]{32}$/, "is not 32 letters and digits")
    .describe("The integration key of an “Events API v2” integration of a PagerDuty service."),
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://events.pagerduty.com")
    .describe("Accounts in the EU: https://events.eu.pagerduty.com."),
})
export type PagerdutyConfig = z.infer<typeof pagerdutyConfigSchema>

/** Topics that are told as changes beside PagerDuty's incidents. */
const CHANGES: readonly Notification["topic"][] = ["go_live", "verification", "rollback"]

export const definition: ChannelDefinition<PagerdutyConfig> = {
  kind: "pagerduty",
  title: "PagerDuty",
  summary:
    "Pages trigger an alert under the incident’s id; acknowledging and resolving it here does so there. What happens to a deployment becomes a change event. Nothing else is sent.",
  configSchema: pagerdutyConfigSchema,
  secretFields: ["routingKey"],
  examples: [{ title: "A service", config: { routingKey: "0123456789abcdef0123456789abcdef" } }],
  takes: ({ act, incidentId, topic }) => (act === "tell" ? CHANGES.includes(topic) : incidentId !== null),
}
