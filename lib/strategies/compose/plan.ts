import type { StrategyPlan, StrategyStep } from "../contract"
import { composeConfigSchema } from "./definition"

const COMPOSE_MS = 120_000

export const plan: StrategyPlan = (config) => {
  const { buildTimeoutMs, healthTimeoutMs, stopTimeoutMs } = composeConfigSchema.parse(config)
  const switchLive: StrategyStep = {
    key: "switch",
    title: "Replace the containers",
    effect: "switch",
    changesWorld: true,
    // The new ones and, where those do not get healthy, the earlier ones again.
    timeoutMs: 2 * (healthTimeoutMs + stopTimeoutMs + COMPOSE_MS),
    retries: 1,
  }
  const confirm: StrategyStep = {
    key: "confirm",
    title: "Confirm that all services run these images and are healthy",
    effect: "confirm",
    changesWorld: false,
    timeoutMs: healthTimeoutMs,
    retries: 0,
  }
  return {
    deploy: [
      {
        key: "checkout",
        title: "Check out the commit",
        effect: "checkout",
        changesWorld: false,
        timeoutMs: 120_000,
        retries: 2,
      },
      {
        key: "build",
        title: "Build or pull the images",
        effect: "build",
        changesWorld: false,
        timeoutMs: buildTimeoutMs,
        retries: 0,
      },
      switchLive,
      confirm,
    ],
    promotePrevious: [{ ...switchLive, title: "Bring the earlier images back" }, confirm],
  }
}
