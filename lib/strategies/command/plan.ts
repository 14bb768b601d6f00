import type { StrategyPlan, StrategyStep } from "../contract"
import { commandConfigSchema } from "./definition"

export const plan: StrategyPlan = (config) => {
  const { deployTimeoutMs, liveTimeoutMs } = commandConfigSchema.parse(config)
  const confirm: StrategyStep = {
    key: "confirm",
    title: "Wait until the platform says that it is live",
    effect: "confirm",
    changesWorld: false,
    timeoutMs: liveTimeoutMs,
    retries: 0,
  }
  return {
    deploy: [
      {
        key: "deploy",
        title: "Run the deploy program",
        effect: "deploy",
        changesWorld: true,
        timeoutMs: deployTimeoutMs,
        retries: 0,
      },
      confirm,
    ],
    promotePrevious: [
      {
        key: "promote",
        title: "Run the promote program",
        effect: "promote",
        changesWorld: true,
        timeoutMs: deployTimeoutMs,
        retries: 0,
      },
      confirm,
    ],
  }
}
