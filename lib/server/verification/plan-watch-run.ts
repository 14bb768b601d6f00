import { type FrozenStep, type WatchRunInput, watchRunInputSchema } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { Playbook } from "@/lib/playbook/schema"
import { type PlannedRun, plannedSteps } from "@/lib/server/deploy/planned-steps"
import { watchedRules } from "./plan-verify-run"

/** A step has a limit of time; what goes on until people end it has one that nobody reaches. */
const LONGEST_MS = 366 * 24 * 3_600_000

/** After the verdict: keeps sampling, with the triggers armed, until the release is closed or rolled back. */
export function planWatchRun({
  playbook,
  environmentConfig,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
}): PlannedRun<WatchRunInput> {
  const step: FrozenStep = {
    key: "watch",
    title: "Keep watching until the release is closed",
    phase: "watch",
    phaseTitle: "Watch",
    parallel: null,
    work: { type: "watch", durationMs: null, minSamples: 1, rules: watchedRules(playbook, environmentConfig) },
    timeoutMs: LONGEST_MS,
    retries: 0,
    changesWorld: false,
    skippable: false,
  }
  const input = watchRunInputSchema.parse({ kind: "watch", steps: [step], environment: environmentConfig })
  return { steps: plannedSteps(input.steps), input }
}
