import { type FrozenStep, type WatchRunInput, watchRunInputSchema } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { Playbook } from "@/lib/playbook/schema"
import { type PlannedRun, plannedSteps } from "@/lib/server/deploy/planned-steps"
import { watchedRules } from "./plan-verify-run"

/** A step has a limit of time; what goes on until people end it has one that nobody reaches. */
const LONGEST_MS = 366 * 24 * 3_600_000

/**
 * After the verdict: keeps sampling, with the triggers armed, until the release is closed or rolled back. With `durationMs`
 * (real time, scaled already) it ends by itself: the watch over the version that is live again.
 */
export function planWatchRun({
  playbook,
  environmentConfig,
  durationMs = null,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  durationMs?: number | null
}): PlannedRun<WatchRunInput> {
  const step: FrozenStep = {
    key: "watch",
    title: durationMs === null ? "Keep watching until the release is closed" : "Watch the version that is live again",
    phase: "watch",
    phaseTitle: "Watch",
    parallel: null,
    work: {
      type: "watch",
      durationMs,
      minSamples: durationMs === null ? 1 : playbook.verification.watch.minSamples,
      rules: watchedRules(playbook, environmentConfig),
    },
    timeoutMs: LONGEST_MS,
    retries: 0,
    changesWorld: false,
    skippable: false,
  }
  const input = watchRunInputSchema.parse({ kind: "watch", steps: [step], environment: environmentConfig })
  return { steps: plannedSteps(input.steps), input }
}
