import { z } from "zod"
import type { FlagDefinition } from "../contract"

export const envFileConfigSchema = z.strictObject({
  path: z.string().regex(/^\//, "must be an absolute path").describe("A file of NAME=value that the service reads."),
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,200}$/, "is no name of a variable"),
  onValue: z.string().max(200).default("true"),
  offValue: z.string().max(200).default("false"),
  missingIs: z.enum(["on", "off"]).default("off").describe("What it is while the file does not name it."),
  reload: z
    .array(z.string().min(1).max(4_096))
    .min(1)
    .max(64)
    .optional()
    .describe("A program that makes the service read the file again."),
  reloadTimeoutMs: z.number().int().min(100).max(600_000).default(60_000),
})
export type EnvFileConfig = z.infer<typeof envFileConfigSchema>

export const definition: FlagDefinition<EnvFileConfig> = {
  kind: "env-file",
  title: "Environment file",
  summary:
    "Writes a variable into the file that the service reads, whole or not at all, and has the service read it again.",
  configSchema: envFileConfigSchema,
  examples: [
    {
      title: "A variable and a reload",
      config: {
        ...{ path: "/srv/shop/.env", name: "FEATURE_FLAG_CHECKOUT" },
        reload: ["systemctl", "reload", "shop"],
      },
    },
  ],
}
