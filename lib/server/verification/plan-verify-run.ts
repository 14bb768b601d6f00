import { type FrozenStep, type VerifyRunInput, verifyRunInputSchema, type WatchedRule } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import { metricRule } from "@/lib/playbook/sections/rule"
import { type PlannedRun, plannedSteps } from "@/lib/server/deploy/planned-steps"
import { scaleRule, scaleWait } from "./scale-rule"

const CHECK_TIMEOUT_MS = 300_000
/** The watch ends by its own clock, which people may set later; this only ends one that hangs. */
const WATCH_GRACE_MS = 24 * 3_600_000

/** Immediate checks side by side, then the functional tests one by one, then the watch with its verdict. */
export function planVerifyRun({
  playbook,
  environmentConfig,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
}): PlannedRun<VerifyRunInput> {
  const { immediate, functional, watch } = playbook.verification
  const watchMs = scaleWait(durationMs(watch.duration), environmentConfig)
  const steps: FrozenStep[] = [
    ...immediate.flatMap((group) =>
      group.checks.map(({ key, title, check }) =>
        checkStep({ key, title, check, phase: "immediate", phaseTitle: "Immediate checks", parallel: "immediate" }),
      ),
    ),
    ...functional.map(({ key, title, check }) =>
      checkStep({ key, title, check, phase: "functional", phaseTitle: "Functional tests", parallel: null }),
    ),
    watchStep({ playbook, environmentConfig, durationMs: watchMs }),
  ]
  const input = verifyRunInputSchema.parse({ kind: "verify", steps, environment: environmentConfig })
  return { steps: plannedSteps(input.steps), input }
}

/** The watch alone, once more: the checks passed already. `durationMs` is real time, scaled already. */
export function planWatchAgain(planned: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  durationMs: number
}): PlannedRun<VerifyRunInput> {
  const steps = [watchStep(planned)]
  const input = verifyRunInputSchema.parse({ kind: "verify", steps, environment: planned.environmentConfig })
  return { steps: plannedSteps(input.steps), input }
}

function watchStep({
  playbook,
  environmentConfig,
  durationMs: lastsMs,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  durationMs: number
}): FrozenStep {
  return {
    ...{ key: freeKey("watch", playbook), title: "Watch the metrics" },
    ...{ phase: "watch", phaseTitle: "Watch", parallel: null },
    work: {
      ...{ type: "watch", durationMs: lastsMs, minSamples: playbook.verification.watch.minSamples },
      rules: watchedRules(playbook, environmentConfig),
    },
    timeoutMs: lastsMs + WATCH_GRACE_MS,
    ...{ retries: 0, changesWorld: false, skippable: false },
  }
}

/** Rules of what is looked for and of the dashboard; the same limit written in both places is watched once. */
export function watchedRules(playbook: Playbook, environmentConfig: EnvironmentConfig): WatchedRule[] {
  const { items, dashboard } = playbook.verification.watch
  const rules = new Map<string, WatchedRule>()
  for (const { key, title, rule } of [...dashboard, ...items]) {
    if (!rule) continue
    const scaled = scaleRule(metricRule(rule), environmentConfig)
    const meaning = JSON.stringify(scaled)
    if (!rules.has(meaning)) rules.set(meaning, { key, title, rule: scaled })
  }
  return [...rules.values()]
}

function checkStep(
  step: Pick<FrozenStep, "key" | "title" | "phase" | "phaseTitle" | "parallel"> & {
    check: { kind: string; config: Record<string, unknown> }
  },
): FrozenStep {
  const { check, ...shown } = step
  return {
    ...shown,
    work: { type: "check", check },
    timeoutMs: CHECK_TIMEOUT_MS,
    retries: 0,
    changesWorld: false,
    skippable: false,
  }
}

/** Checks have keys of the playbook's choosing; the watch must not take one of them. */
function freeKey(wanted: string, { verification }: Playbook): string {
  const taken = new Set([
    ...verification.immediate.flatMap((group) => group.checks.map(({ key }) => key)),
    ...verification.functional.map(({ key }) => key),
  ])
  let key = wanted
  while (taken.has(key)) key = `${key}-metrics`
  return key
}
