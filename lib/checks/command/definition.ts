import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration, checkDurationMs, sayDuration } from "../duration"
import { allTexts, checkPattern, oneOrMoreTexts } from "../pattern"

const noNul = (text: string) => !text.includes("\0")
const argument = z.string().max(100_000).refine(noNul, "must not contain NUL")

export const commandConfigSchema = z.strictObject({
  command: z
    .array(argument)
    .min(1)
    .max(200)
    .refine(([program]) => program !== undefined && program.trim() !== "", "must begin with a program")
    .describe("Program and arguments. No shell reads them, so `$(…)`, `;` and quotes are only characters."),
  directory: z
    .string()
    .min(1)
    .max(1_000)
    .refine(noNul, "must not contain NUL")
    .optional()
    .describe("Inside the checkout."),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "is no name of a variable"), argument)
    .optional()
    .describe("Beside PATH, HOME (an empty folder) and LANG these are all that the program gets."),
  expect: z
    .strictObject({
      exitCode: z.number().int().min(0).max(255).optional().describe("Default 0."),
      stdout: z.strictObject({ contains: oneOrMoreTexts.optional(), matches: checkPattern.optional() }).optional(),
    })
    .default({}),
  timeout: checkDuration.optional(),
  inactivityTimeout: checkDuration.optional().describe("Ended after this long without output."),
})
export type CommandConfig = z.infer<typeof commandConfigSchema>

export const definition: CheckDefinition<CommandConfig> = {
  kind: "command",
  title: "Command",
  summary: "Runs a program in a fresh checkout of what is released and looks at its exit code and output.",
  configSchema: commandConfigSchema,
  describe: ({ command, directory, expect, timeout }) => [
    `runs ${short(command.join(" "), 200)}${directory ? ` in ${directory}` : ""}`,
    `ends with exit code ${expect.exitCode ?? 0}`,
    ...allTexts(expect.stdout?.contains).map((text) => `says “${short(text, 100)}”`),
    ...(expect.stdout?.matches ? [`says something that matches ${expect.stdout.matches}`] : []),
    ...(timeout ? [`within ${sayDuration(checkDurationMs(timeout))}`] : []),
  ],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 5 * 60_000, longestTimeoutMs: 60 * 60_000 },
  examples: [
    {
      title: "The build succeeds",
      config: { command: ["npm", "run", "build"], expect: { exitCode: 0 }, timeout: "10m", inactivityTimeout: "2m" },
    },
    {
      title: "The settings are valid",
      config: {
        command: ["npm", "run", "validate:env"],
        env: { ENV_FILE: ".env.production" },
        expect: { stdout: { matches: "\\b0 errors" } },
      },
    },
  ],
}
