import { z } from "zod"
import type { FlagDefinition } from "../contract"

const key = z.string().min(1).max(200)

export const launchDarklyConfigSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).default("https://app.launchdarkly.com"),
  token: z.string().min(1).describe("An access token that may write flags: `{{secret.LAUNCHDARKLY_TOKEN}}`."),
  project: key.default("default"),
  environment: key.describe("The environment's key, such as `production`."),
  flag: key.describe("The flag's key."),
})
export type LaunchDarklyConfig = z.infer<typeof launchDarklyConfigSchema>

export const definition: FlagDefinition<LaunchDarklyConfig> = {
  kind: "launchdarkly",
  title: "LaunchDarkly",
  summary:
    "Turns a flag's targeting on or off in one environment over LaunchDarkly's REST API, with the reason as its comment.",
  configSchema: launchDarklyConfigSchema,
  examples: [
    {
      title: "A flag in production",
      config: { token: "{{secret.LAUNCHDARKLY_TOKEN}}", environment: "production", flag: "new-checkout" },
    },
  ],
}
