import type { StrategyPlan, StrategyStep } from "../contract"
import { vercelConfigSchema } from "./definition"

const REQUEST_TIMEOUT_MS = 120_000

export const plan: StrategyPlan = (config) => {
  const { buildTimeoutMs, liveTimeoutMs } = vercelConfigSchema.parse(config)
  const promote = (title: string): StrategyStep => ({
    ...{ key: "promote", title, effect: "promote", changesWorld: true },
    ...{ timeoutMs: REQUEST_TIMEOUT_MS, retries: 1 },
  })
  const confirm: StrategyStep = {
    ...{ key: "confirm", title: "Wait until the domain leads to it", effect: "confirm", changesWorld: false },
    ...{ timeoutMs: liveTimeoutMs, retries: 0 },
  }
  return {
    deploy: [
      {
        ...{ key: "deploy", title: "Create the deployment", effect: "deploy", changesWorld: true },
        ...{ timeoutMs: REQUEST_TIMEOUT_MS, retries: 1 },
      },
      {
        ...{ key: "build", title: "Follow its build", effect: "build", changesWorld: false },
        ...{ timeoutMs: buildTimeoutMs, retries: 1 },
      },
      promote("Promote it to production"),
      confirm,
    ],
    promotePrevious: [promote("Lead the domain back to the previous deployment"), confirm],
  }
}
