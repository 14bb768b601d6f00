import { z } from "zod"
import { short } from "../answer"
import { commandEnvironment, commandLine, pathInside, sayCommand } from "../command-line"
import type { CheckDefinition } from "../contract"
import { checkDuration, checkDurationMs, sayDuration } from "../duration"
import { allTexts, checkPattern, oneOrMoreTexts } from "../pattern"

export const commandConfigSchema = z.strictObject({
  command: commandLine,
  directory: pathInside.optional().describe("Inside the checkout, where the program runs."),
  env: commandEnvironment.optional(),
  expect: z
    .strictObject({
      exitCode: z.number().int().min(0).max(255).optional().describe("Default 0."),
      stdout: z
        .strictObject({
          contains: oneOrMoreTexts.optional().describe("Texts that it must hold."),
          matches: checkPattern.optional(),
        })
        .optional()
        .describe("What the program writes, colours left out; not its error output."),
    })
    .default({})
    .describe("Left out: it ends with exit code 0."),
  timeout: checkDuration.optional().describe("Ended after this long. Default 5m."),
  inactivityTimeout: checkDuration.optional().describe("Ended after this long without output."),
})
export type CommandConfig = z.infer<typeof commandConfigSchema>

export const definition: CheckDefinition<CommandConfig> = {
  kind: "command",
  title: "Command",
  summary: "Runs a program in a fresh checkout of what is released and looks at its exit code and output.",
  configSchema: commandConfigSchema,
  describe: ({ command, directory, env, expect, timeout, inactivityTimeout }) => [
    `runs ${short(sayCommand(command), 200)}${directory ? ` in the folder ${short(directory, 80)}` : ""}`,
    ...(env && Object.keys(env).length > 0 ? [`is given ${short(Object.keys(env).join(", "), 200)}`] : []),
    `ends with exit code ${expect.exitCode ?? 0}`,
    ...allTexts(expect.stdout?.contains).map((text) => `writes “${short(text, 100)}”`),
    ...(expect.stdout?.matches ? [`writes something that matches ${short(expect.stdout.matches, 200)}`] : []),
    ...(timeout ? [`is done within ${sayDuration(checkDurationMs(timeout))}`] : []),
    ...(inactivityTimeout ? [`is never silent for ${sayDuration(checkDurationMs(inactivityTimeout))}`] : []),
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
