import { errored } from "../answer"
import { type CheckRunner, HttpFault } from "../ports"
import { askPage } from "./ask-page"
import { askProbe } from "./ask-probe"
import { metricConfigSchema } from "./config-schema"

/** What is missing never passes: without readings nobody knows, without the sample it is known not to be there. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = metricConfigSchema.parse(rawConfig)
  if (config.metric) return askProbe(config, config.metric, ports)
  try {
    return await askPage(config, config.url ?? "", ports)
  } catch (error) {
    if (error instanceof HttpFault) return errored(error.message)
    throw error
  }
}
