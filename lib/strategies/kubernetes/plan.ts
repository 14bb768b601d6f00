import type { StrategyPlan, StrategyStep } from "../contract"
import { kubernetesConfigSchema } from "./definition"

const REQUEST_TIMEOUT_MS = 120_000

export const plan: StrategyPlan = (config) => {
  const { progressTimeoutMs } = kubernetesConfigSchema.parse(config)
  const follow: StrategyStep[] = [
    {
      ...{ key: "rollout", title: "Follow the rollout", effect: "rollout", changesWorld: false },
      ...{ timeoutMs: progressTimeoutMs, retries: 1 },
    },
    {
      ...{ key: "confirm", title: "Ask the pods what they run", effect: "confirm", changesWorld: false },
      ...{ timeoutMs: Math.min(progressTimeoutMs, 120_000), retries: 0 },
    },
  ]
  const asked = { changesWorld: true, timeoutMs: REQUEST_TIMEOUT_MS, retries: 1 }
  return {
    deploy: [{ key: "deploy", title: "Set the images", effect: "deploy", ...asked }, ...follow],
    promotePrevious: [{ key: "promote", title: "Set the images back", effect: "promote", ...asked }, ...follow],
  }
}
