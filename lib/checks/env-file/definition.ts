import { z } from "zod"
import { short } from "../answer"
import { pathInside } from "../command-line"
import type { CheckDefinition } from "../contract"
import { checkPattern } from "../pattern"

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,199}$/, "is no name of a variable")

export const envFileConfigSchema = z.strictObject({
  file: pathInside.describe("The file's path inside the checkout."),
  repository: z.string().min(1).max(1_000).optional().describe("Left out: the environment's repository."),
  ref: z.string().min(1).max(1_000).optional().describe("Left out: what is released."),
  directory: pathInside.optional().describe("A folder of the checkout that `file` is relative to."),
  required: z.array(name).min(1).max(500).describe("Must be there and not empty."),
  equals: z.record(name, z.string()).optional().describe("Must have exactly this value."),
  patterns: z.record(name, checkPattern).optional().describe("The value must match."),
})
export type EnvFileConfig = z.infer<typeof envFileConfigSchema>

export const definition: CheckDefinition<EnvFileConfig> = {
  kind: "env-file",
  title: "Settings file",
  summary: "Looks whether the settings that production needs are in a file. Values are compared, never shown.",
  configSchema: envFileConfigSchema,
  describe: ({ file, repository, ref, directory, required, equals, patterns }) => [
    `reads ${short(directory ? `${directory}/${file}` : file, 120)}${whereFrom(repository, ref)}`,
    `${short(required.join(", "), 220)} ${required.length === 1 ? "is" : "are"} there and not empty`,
    ...Object.keys(equals ?? {}).map((name) => `${name} has the value that is expected`),
    ...Object.entries(patterns ?? {}).map(([name, pattern]) => `${name} matches ${short(pattern, 80)}`),
  ],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 60_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "Production settings are complete",
      config: {
        file: ".env.production",
        required: ["NODE_ENV", "DATABASE_URL", "SENTRY_DSN"],
        equals: { NODE_ENV: "production" },
        patterns: { SENTRY_DSN: "^https://\\S+@\\S+/\\d+$" },
      },
    },
  ],
}

function whereFrom(repository: string | undefined, ref: string | undefined): string {
  const at = ref ? ` at ${short(ref, 60)}` : ""
  return repository ? ` from ${short(repository, 80)}${at}` : at
}
