import { z } from "zod"
import type { FlagDefinition } from "../contract"

const name = z.string().min(1).max(200)

export const unleashConfigSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe("Where Unleash runs, without `/api`."),
  token: z
    .string()
    .min(1)
    .describe("A service account's or personal token for the Admin API: `{{secret.UNLEASH_TOKEN}}`."),
  project: name.default("default"),
  environment: name.describe("Unleash's name of the environment, such as `production`."),
  feature: name.describe("The feature flag's name."),
})
export type UnleashConfig = z.infer<typeof unleashConfigSchema>

export const definition: FlagDefinition<UnleashConfig> = {
  kind: "unleash",
  title: "Unleash",
  summary: "Turns a feature on or off in one environment over Unleash's Admin API.",
  configSchema: unleashConfigSchema,
  examples: [
    {
      title: "A feature in production",
      config: {
        ...{ url: "https://unleash.acme.io", token: "{{secret.UNLEASH_TOKEN}}" },
        ...{ environment: "production", feature: "new-checkout" },
      },
    },
  ],
}
