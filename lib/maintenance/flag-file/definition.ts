import { z } from "zod"
import type { MaintenanceDefinition } from "../contract"

export const flagFileConfigSchema = z.strictObject({
  path: z
    .string()
    .regex(/^(\/|\{\{|[A-Za-z]:[\\/])/, "must be an absolute path")
    .max(4_000)
    .refine((path) => !path.includes("\0"), "must not contain NUL")
    .describe("While this file is there, the service is in maintenance. Its content is the message."),
})
export type FlagFileConfig = z.infer<typeof flagFileConfigSchema>

export const definition: MaintenanceDefinition<FlagFileConfig> = {
  kind: "flag-file",
  title: "Flag file",
  summary: "Puts a file where the service or its proxy looks for one, and takes it away again.",
  configSchema: flagFileConfigSchema,
  examples: [{ title: "Beside the proxy", config: { path: "/srv/postd/maintenance.flag" } }],
}
