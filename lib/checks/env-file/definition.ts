import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkPattern } from "../pattern"

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,199}$/, "is no name of a variable")
const pathInside = z
  .string()
  .min(1)
  .max(1_000)
  .refine((path) => !path.includes("\0"), "must not contain NUL")

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
  describe: ({ file, required, equals, patterns }) => [
    `${file} has values for ${short(required.join(", "), 250)}`,
    ...Object.keys(equals ?? {}).map((name) => `${name} has the expected value`),
    ...Object.entries(patterns ?? {}).map(([name, pattern]) => `${name} matches ${short(pattern, 100)}`),
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
