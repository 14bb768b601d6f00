import { z } from "zod"
import type { StrategyDefinition } from "../contract"

const argv = z.array(z.string().min(1).max(4_096)).min(1).max(64)

export const commandConfigSchema = z.strictObject({
  deploy: argv.describe("Deploys. Exit code 0 means that the platform accepted it."),
  live: argv.describe(
    'Prints one line of JSON: `{"deploymentId": "…", "version": "…", "commit": "…" or null}` of what users get now, or `null`.',
  ),
  promote: argv.describe("Makes an earlier deployment live again; `{{deployment.id}}` says which."),
  logs: argv.optional().describe("Prints the log of `{{deployment.id}}`; its end is kept when a deployment fails."),
  directory: z.string().min(1).optional().describe("Where the programs run; left out: the work folder."),
  env: z.record(z.string(), z.string()).default({}).describe("Environment of the programs."),
  repeatable: z
    .boolean()
    .default(false)
    .describe("True: `deploy` may be run again after an interruption while the earlier version is still live."),
  deployTimeoutMs: z.number().int().min(1_000).max(7_200_000).default(1_800_000),
  liveTimeoutMs: z.number().int().min(1_000).max(3_600_000).default(600_000),
})
export type CommandConfig = z.infer<typeof commandConfigSchema>

/**
 * Arguments may hold `{{deployment.id}}`, `{{deployment.version}}`, `{{deployment.ref}}`, `{{deployment.commit}}`,
 * `{{repository}}` and `{{previous.id}}`. They are filled in inside one argument and never read by a shell.
 */
export const definition: StrategyDefinition<CommandConfig> = {
  kind: "command",
  title: "Your own programs",
  summary:
    "Three programs speak for any platform: one deploys, one says what is live, one makes an earlier deployment live again. Accepted is not done: a deployment ends when the second program names it.",
  configSchema: commandConfigSchema,
  capabilities: ["promote_previous", "logs"],
}
