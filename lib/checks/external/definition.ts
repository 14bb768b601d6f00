import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"

export const externalConfigSchema = z.strictObject({
  job: z
    .string()
    .min(1)
    .max(200)
    .describe("What must succeed there, in the words of that system: `build`, `e2e / chromium`."),
  from: z.string().min(1).max(200).optional().describe("The system that sends its result, such as `GitHub Actions`."),
  instructions: z.string().min(1).max(5_000).optional().describe("How it is started, and where its results are found."),
})
export type ExternalConfig = z.infer<typeof externalConfigSchema>

export const definition: CheckDefinition<ExternalConfig> = {
  kind: "external",
  title: "Another system sends its result",
  summary: "Proved by what another system sends, such as a job of the pipeline; nothing is looked at from here.",
  configSchema: externalConfigSchema,
  describe: ({ job, from, instructions }) => [
    short(`${from ?? "Another system"} sends the result of “${job}”`, 300),
    ...(instructions ? [short(instructions, 300)] : []),
  ],
  repeatable: true,
  provedBy: "push",
  limits: { timeoutMs: 1_000, longestTimeoutMs: 1_000 },
  examples: [
    { title: "A job of the pipeline", config: { job: "build", from: "GitHub Actions" } },
    {
      title: "A test by another team",
      config: {
        job: "Penetration test",
        from: "the security team's scanner",
        instructions: "Started every Monday; its last step sends the report with `golive evidence push`.",
      },
    },
  ],
}
