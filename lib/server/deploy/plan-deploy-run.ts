import { type DeployRunInput, deployRunInputSchema, type FrozenStep } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { ReleaseState } from "@/lib/domain/release/state"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import type { PlaybookPhase, PlaybookStep } from "@/lib/playbook/sections/phases"
import { expandStrategy } from "./expand-strategy"
import { type PlannedRun, plannedSteps } from "./planned-steps"

/**
 * The steps of a deployment, frozen: the playbook's phases in their order, its one strategy step replaced by the steps
 * of the environment's strategy. Throws a ZodError where the environment's strategy config does not fit its kind.
 */
export function planDeployRun({
  playbook,
  environmentConfig,
  state,
  runId,
  notBefore = {},
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  state: ReleaseState
  runId: string
  /** ISO instants before which a phase does not begin. */
  notBefore?: Partial<Record<PlaybookPhase["key"], string>>
}): PlannedRun<DeployRunInput> {
  const steps = playbook.phases.flatMap((phase) =>
    phase.steps.flatMap((step) =>
      step.run.type === "strategy"
        ? expandStrategy(environmentConfig, "deploy", {
            keyPrefix: step.key,
            phase: phase.key,
            phaseTitle: phase.title,
            mostMs: durationMs(step.timeout),
          })
        : [frozen(phase, step)],
    ),
  )
  const timed = steps.map((step) => ({ ...step, notBefore: notBefore[step.phase as PlaybookPhase["key"]] ?? null }))
  const { version, ref, commit } = state
  const target = { deploymentId: deploymentIdOf(version, runId), version, ref, commit }
  const input = deployRunInputSchema.parse({ kind: "deploy", steps: timed, environment: environmentConfig, target })
  return { steps: plannedSteps(input.steps), input }
}

/** One id for all attempts of a run, whichever worker makes them; another one for the next run of the same version. */
function deploymentIdOf(version: string, runId: string): string {
  const slug = version.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "")
  return `${slug.slice(0, 60) || "release"}-${runId.replaceAll("-", "").slice(-12)}`
}

function frozen(phase: PlaybookPhase, step: PlaybookStep): FrozenStep {
  return {
    key: step.key,
    title: step.title,
    phase: phase.key,
    phaseTitle: phase.title,
    parallel: step.parallel ? `${phase.key}:${step.parallel}` : null,
    work: workOf(step),
    timeoutMs: durationMs(step.timeout),
    retries: step.retries,
    changesWorld: step.changesWorld,
    skippable: step.skippableBy.length > 0,
  }
}

function workOf({ run, key }: PlaybookStep): FrozenStep["work"] {
  switch (run.type) {
    case "check":
      return { type: "check", check: run.check }
    case "maintenance":
      return { type: "maintenance", action: run.action }
    case "confirm":
      return { type: "confirm", role: run.role ?? null, prompt: run.prompt }
    case "strategy":
      throw new Error(`the strategy step "${key}" is expanded, never frozen as it is`)
  }
}
