import type { StrategyPlan, StrategyStep } from "../contract"
import { localConfigSchema } from "./definition"

export const plan: StrategyPlan = (config) => {
  const { buildTimeoutMs, healthTimeoutMs } = localConfigSchema.parse(config)
  const health: StrategyStep = {
    key: "health",
    title: "Wait until the instance is healthy",
    effect: "health",
    changesWorld: false,
    timeoutMs: healthTimeoutMs,
    retries: 0,
  }
  const switchLive: StrategyStep = {
    key: "switch",
    title: "Switch users to it",
    effect: "switch",
    changesWorld: true,
    timeoutMs: 30_000,
    retries: 2,
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
      { key: "build", title: "Build it", effect: "build", changesWorld: false, timeoutMs: buildTimeoutMs, retries: 0 },
      {
        key: "start",
        title: "Start it beside the live version",
        effect: "start",
        changesWorld: false,
        timeoutMs: 60_000,
        retries: 2,
      },
      health,
      switchLive,
    ],
    promotePrevious: [
      {
        key: "ensure_running",
        title: "Make sure that the previous version runs",
        effect: "ensure_running",
        changesWorld: false,
        timeoutMs: buildTimeoutMs,
        retries: 2,
      },
      health,
      switchLive,
      {
        key: "confirm",
        title: "Confirm that users get the previous version",
        effect: "confirm",
        changesWorld: false,
        timeoutMs: 60_000,
        retries: 0,
      },
    ],
  }
}
