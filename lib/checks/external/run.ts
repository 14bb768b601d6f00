import { errored } from "../answer"
import type { CheckRunner } from "../ports"
import { externalConfigSchema } from "./definition"

const COMMAND = "golive evidence push --release <release> --item <item> --outcome passed"

/** Never proves anything: says who has to send what, and how. */
export const run: CheckRunner = async (rawConfig) => {
  const { job, from, instructions } = externalConfigSchema.parse(rawConfig)
  const how = `The last step of “${job}” sends its result with an API token of this console:\n\n${COMMAND}\n`
  return errored(`${from ?? "Another system"} has to send the result of “${job}”: golive evidence push`, [
    { type: "text", title: "How to send the result", text: how },
    ...(instructions ? [{ type: "text" as const, title: "About this job", text: instructions }] : []),
  ])
}
