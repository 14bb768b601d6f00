import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"

const NOT_SAID = "A person looks, says so, and brings the proof."

export const manualConfigSchema = z.strictObject({
  instructions: z.string().max(5_000).optional().describe("What the person looks at, and what is proof."),
})
export type ManualConfig = z.infer<typeof manualConfigSchema>

export const definition: CheckDefinition<ManualConfig> = {
  kind: "manual",
  title: "A person looks",
  summary: "Nothing here can be found out by a program: a person looks, says so, and brings the proof.",
  configSchema: manualConfigSchema,
  describe: ({ instructions }) => {
    // One sentence a line of the instructions: lists of steps stay lists.
    const lines = (instructions ?? "").split("\n").map((line) => short(line.replace(/^\s*([-*]|\d+[.)])\s+/, ""), 300))
    const said = lines.filter((line) => line.length > 1).slice(0, 20)
    return said.length > 0 ? said : [NOT_SAID]
  },
  repeatable: true,
  provedBy: "person",
  limits: { timeoutMs: 1_000, longestTimeoutMs: 1_000 },
  examples: [
    { title: "A restore was tried", config: { instructions: "Restore last night's backup and count the users." } },
  ],
}
