import type { StrategyPlan, StrategyStep } from "../contract"
import { dockerConfigSchema } from "./definition"

const ENGINE_MS = 60_000

export const plan: StrategyPlan = (config) => {
  const { push, buildTimeoutMs, healthTimeoutMs, container } = dockerConfigSchema.parse(config)
  const switchLive: StrategyStep = {
    key: "switch",
    title: "Try it beside the live container, then let it take over",
    effect: "switch",
    changesWorld: true,
    // Healthy beside, healthy in its place, and where that fails, the earlier one healthy again.
    timeoutMs: 3 * healthTimeoutMs + 3 * container.stopTimeoutMs + 2 * ENGINE_MS,
    retries: 1,
  }
  const confirm: StrategyStep = {
    key: "confirm",
    title: "Confirm that the container runs and is healthy",
    effect: "confirm",
    changesWorld: false,
    timeoutMs: healthTimeoutMs,
    retries: 0,
  }
  const pushImage: StrategyStep = {
    key: "push",
    title: "Push the image",
    effect: "push",
    // What is pushed has this deployment's own tag, and layers go by their hash: twice is as good as once.
    changesWorld: false,
    timeoutMs: buildTimeoutMs,
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
      {
        key: "build",
        title: "Build the image",
        effect: "build",
        changesWorld: false,
        timeoutMs: buildTimeoutMs,
        retries: 0,
      },
      ...(push ? [pushImage] : []),
      switchLive,
      confirm,
    ],
    promotePrevious: [{ ...switchLive, title: "Let the earlier container take over again" }, confirm],
  }
}
