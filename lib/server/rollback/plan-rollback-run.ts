import { type FrozenStep, type RollbackRunInput, rollbackRunInputSchema } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import { expandStrategy } from "@/lib/server/deploy/expand-strategy"
import { type PlannedRun, plannedSteps } from "@/lib/server/deploy/planned-steps"

const STEP_LIMIT_MS = 600_000
const VERIFY_TIMEOUT_MS = 60_000

/**
 * Back to the version that was live before: the strategy's own way back, maintenance off before the last look (users must
 * get through), then the immediate checks. Throws where the environment's strategy config does not fit its kind.
 */
export function planRollbackRun({
  playbook,
  environmentConfig,
  state,
  to,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  state: ReleaseState
  /** The version to go back to; the one that this release found live when left out. */
  to?: DeployedVersion
}): PlannedRun<RollbackRunInput> {
  const goal = to ?? state.previous
  if (!goal) throw new Error("there is no previous version to go back to")
  const budget = playbook.rollback.options.find((option) => option.capability === "promote_previous")?.budget
  const promote = expandStrategy(environmentConfig, "promotePrevious", {
    keyPrefix: "rollback",
    phase: "rollback",
    phaseTitle: "Back to the previous version",
    mostMs: Math.max(STEP_LIMIT_MS, budget ? durationMs(budget) : 0),
  })
  // What asks as a user comes after maintenance is off: behind it nobody gets an answer.
  const asksUsers = (step: FrozenStep) => step.work.type === "strategy" && step.work.effect === "confirm"
  const steps = [
    ...promote.filter((step) => !asksUsers(step)),
    maintenanceOff(),
    ...promote.filter(asksUsers),
    ...immediateChecks(playbook),
  ]
  const input = rollbackRunInputSchema.parse({
    kind: "rollback",
    steps,
    environment: environmentConfig,
    target: {
      deploymentId: goal.deploymentId,
      version: goal.version,
      ref: goal.commit ?? goal.version,
      commit: goal.commit,
    },
    from: state.live,
  })
  return { steps: plannedSteps(input.steps), input }
}

function maintenanceOff(): FrozenStep {
  return {
    key: "rollback-maintenance-off",
    title: "Turn maintenance mode off if it is on",
    phase: "rollback",
    phaseTitle: "Back to the previous version",
    parallel: null,
    work: { type: "maintenance", action: "off" },
    timeoutMs: VERIFY_TIMEOUT_MS,
    retries: 3,
    changesWorld: true,
    skippable: false,
  }
}

function immediateChecks({ verification }: Playbook): FrozenStep[] {
  return verification.immediate.flatMap((group) =>
    group.checks.map(({ key, title, check }) => ({
      key: `verify-${key}`,
      title,
      phase: "immediate",
      phaseTitle: "The previous version is verified",
      parallel: "immediate",
      work: { type: "check" as const, check },
      timeoutMs: VERIFY_TIMEOUT_MS,
      retries: 2,
      changesWorld: false,
      skippable: false,
    })),
  )
}
