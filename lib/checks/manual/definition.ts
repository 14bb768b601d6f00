import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"

export const manualConfigSchema = z.strictObject({
  instructions: z.string().max(5_000).optional().describe("What the person looks at, and what is proof."),
})
export type ManualConfig = z.infer<typeof manualConfigSchema>

export const definition: CheckDefinition<ManualConfig> = {
  kind: "manual",
  title: "A person looks",
  summary: "Nothing here can be found out by a program: a person looks, says so, and brings the proof.",
  configSchema: manualConfigSchema,
  describe: ({ instructions }) => [short(instructions ?? "A person looks, says so, and brings the proof.", 300)],
  repeatable: true,
  provedBy: "person",
  limits: { timeoutMs: 1_000, longestTimeoutMs: 1_000 },
  examples: [
    { title: "A restore was tried", config: { instructions: "Restore last night's backup and count the users." } },
  ],
}
