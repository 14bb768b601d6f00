import { errored } from "../answer"
import type { CheckRunner } from "../ports"
import { manualConfigSchema } from "./definition"

/** Never proves anything. */
export const run: CheckRunner = async (config) => {
  const { instructions } = manualConfigSchema.parse(config)
  const blocks = instructions ? [{ type: "text" as const, title: "What to look at", text: instructions }] : []
  return errored("A person has to say so", blocks)
}
