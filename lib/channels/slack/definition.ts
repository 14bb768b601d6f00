import { z } from "zod"
import type { ChannelDefinition } from "../contract"

export const slackConfigSchema = z.strictObject({
  channel: z
    .string()
    .regex(/^#?[\p{L}\p{N}._-]{1,80}$/u, "is no channel: its id (C0123ABCD) or its name")
    .describe("The channel's id or name. The app has to be in it."),
  token: z.string().min(1).max(500).describe("The app's bot token (`xoxb-…`) with the scope `chat:write`."),
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://slack.com/api")
    .describe("The Web API."),
})
export type SlackConfig = z.infer<typeof slackConfigSchema>

export const definition: ChannelDefinition<SlackConfig> = {
  kind: "slack",
  title: "Slack (app)",
  summary: "Posts into any channel that the team's Slack app is in. Each message carries its key as metadata.",
  configSchema: slackConfigSchema,
  secretFields: ["token"],
  examples: [{ title: "A channel", config: { channel: "C0123ABCD", token: "xoxb-0000" } }],
}
