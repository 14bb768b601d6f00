import { z } from "zod"
import type { MaintenanceDefinition } from "../contract"

const argv = z.array(z.string().min(1).max(4_096)).min(1).max(64)

export const commandConfigSchema = z.strictObject({
  on: argv.describe("Turns it on. `{{message}}` inside an argument stands for what users are told."),
  off: argv.describe("Turns it off."),
  state: argv.describe('Prints one line of JSON: `{"on": true, "message": "…"}` or `{"on": false}`.'),
  directory: z.string().min(1).optional().describe("Where the programs run; left out: the work folder."),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe("Environment of the programs, beside MAINTENANCE_MESSAGE."),
  timeoutMs: z.number().int().min(100).max(600_000).default(60_000),
})
export type CommandConfig = z.infer<typeof commandConfigSchema>

/** Arguments are filled in inside one argument and never read by a shell. */
export const definition: MaintenanceDefinition<CommandConfig> = {
  kind: "command",
  title: "Your own programs",
  summary:
    "Three programs: one turns maintenance mode on, one turns it off, and one says whether it is on. What the third says counts, not that the others ended well.",
  configSchema: commandConfigSchema,
  examples: [
    {
      title: "A program of the platform's",
      config: {
        on: ["heroku", "maintenance:on", "--app", "shop"],
        off: ["heroku", "maintenance:off", "--app", "shop"],
        state: ["./maintenance-state.sh", "shop"],
        directory: "/srv/ops",
      },
    },
  ],
}
