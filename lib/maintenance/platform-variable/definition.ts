import { z } from "zod"
import type { MaintenanceDefinition } from "../contract"

const id = z.string().min(1).max(200)
const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,200}$/, "is no name of a variable")

export const platformVariableConfigSchema = z.strictObject({
  platform: z.literal("vercel"),
  token: z.string().min(1).describe("An access token: `{{secret.VERCEL_TOKEN}}`."),
  projectId: id.describe("The project's id (`prj_…`)."),
  teamId: id.optional(),
  variable: name.default("MAINTENANCE_MODE"),
  messageVariable: name.default("MAINTENANCE_MESSAGE"),
  onValue: z.string().min(1).max(200).default("true"),
  offValue: z.string().min(1).max(200).default("false"),
  domain: z
    .string()
    .min(1)
    .optional()
    .describe("The domain that users open. Left out: the host of the environment's address."),
  apiUrl: z.url({ protocol: /^https?$/ }).default("https://api.vercel.com"),
  pollMs: z.number().int().min(10).max(60_000).default(3_000),
  redeployTimeoutMs: z.number().int().min(100).max(3_600_000).default(900_000),
})
export type PlatformVariableConfig = z.infer<typeof platformVariableConfigSchema>

export const definition: MaintenanceDefinition<PlatformVariableConfig> = {
  kind: "platform-variable",
  title: "Variable on the platform",
  summary:
    "Sets an environment variable on Vercel and deploys what is live once more, so that it takes effect. Slow: each way takes as long as a build.",
  configSchema: platformVariableConfigSchema,
  examples: [
    {
      title: "A project on Vercel",
      config: { platform: "vercel", token: "{{secret.VERCEL_TOKEN}}", projectId: "prj_shop", teamId: "team_acme" },
    },
  ],
}
