import { z } from "zod"
import type { ChannelDefinition } from "../contract"

const MOST_SECRETS = 4
/** 24 to 64 bytes in base64. */
const oneSecret =
  /^whsec_(?=[A-Za-z0-9+/]{32,86}={0,2}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export const webhookConfigSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe("Where messages are posted to, as JSON."),
  secret: z
    .string()
    .refine((text) => {
      const all = secretsIn(text)
      return all.length > 0 && all.length <= MOST_SECRETS && all.every((one) => oneSecret.test(one))
    }, `is no signing secret: \`whsec_\` and 24 to 64 bytes in base64; up to ${MOST_SECRETS}, with spaces between`)
    .describe(
      "`whsec_` and 24 to 64 random bytes in base64. To change it without a gap, put the new one and the old one, with a space between: both sign until the old one is taken out.",
    ),
})
export type WebhookConfig = z.infer<typeof webhookConfigSchema>

/** One or several, while they are being changed. */
export function secretsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

export const definition: ChannelDefinition<WebhookConfig> = {
  kind: "webhook",
  title: "Webhook",
  summary:
    "Posts every message as JSON, signed as Standard Webhooks says. It carries the head of the release’s chain: kept elsewhere, it shows later that nothing was rewritten.",
  configSchema: webhookConfigSchema,
  secretFields: ["secret"],
  examples: [
    {
      title: "A receiver",
      config: { url: "https://example.com/golive", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
    },
  ],
}
