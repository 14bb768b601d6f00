import { z } from "zod"
import type { ChannelDefinition } from "../contract"

export const slackWebhookConfigSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe(
      "The incoming webhook's address, as Slack shows it. Whoever knows it can post: it is kept like a password.",
    ),
})
export type SlackWebhookConfig = z.infer<typeof slackWebhookConfigSchema>

export const definition: ChannelDefinition<SlackWebhookConfig> = {
  kind: "slack-webhook",
  title: "Slack (incoming webhook)",
  summary:
    "Posts into the one Slack channel that the webhook was made for. Also for services that take the same messages.",
  configSchema: slackWebhookConfigSchema,
  secretFields: ["url"],
  examples: [{ title: "A webhook", config: { url: "https://hooks.slack.com/services/T000/B000/XXXX" } }],
}
