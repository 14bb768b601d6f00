import { type FrozenStep, type RollbackRunInput, rollbackRunInputSchema } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import { expandStrategy } from "@/lib/server/deploy/expand-strategy"
import { type PlannedRun, plannedSteps } from "@/lib/server/deploy/planned-steps"

const STEP_LIMIT_MS = 600_000
/** A build may take its time. */
const REVERT_LIMIT_MS = 1_800_000
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

/**
 * Back by the repository: the release's commits are taken back, and what that makes is deployed like any other version.
 * Slower than leading users back to what was live, and the way where the platform keeps nothing of it.
 */
export function planRevertRun({
  playbook,
  environmentConfig,
  state,
  goal,
  runId,
  author,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  state: ReleaseState
  /** What is to be as it was before. */
  goal: DeployedVersion
  runId: string
  author: { name: string; email: string }
}): PlannedRun<RollbackRunInput> & { to: DeployedVersion } {
  const { revert } = environmentConfig
  const from = goal.commit
  if (!revert || !from || !state.commit) throw new Error("the commits cannot be taken back from here")
  const short = runId.replaceAll("-", "").slice(-12)
  const branch = `golive/revert-${short}`
  const budget = playbook.rollback.options.find((option) => option.capability === "git_revert")?.budget
  const deploy = expandStrategy(environmentConfig, "deploy", {
    keyPrefix: "rollback",
    phase: "rollback",
    phaseTitle: "Back to the previous version",
    mostMs: Math.max(REVERT_LIMIT_MS, budget ? durationMs(budget) : 0),
  })
  const to = { deploymentId: `revert-${short}`, version: goal.version, commit: null }
  const input = rollbackRunInputSchema.parse({
    kind: "rollback",
    steps: [
      {
        ...{ key: "rollback-revert", title: "Take the commits back", phase: "rollback" },
        ...{ phaseTitle: "Back to the previous version", parallel: null, changesWorld: true, skippable: false },
        ...{ timeoutMs: STEP_LIMIT_MS, retries: 1 },
        work: {
          ...{ type: "revert", ...revert, branch, from, to: state.commit, mark: `${state.id} ${runId}`, author },
          message: `Revert ${state.name}: back to ${goal.version}`,
        },
      },
      ...deploy.filter((step) => !asksUsers(step)),
      maintenanceOff(),
      ...deploy.filter(asksUsers),
      ...immediateChecks(playbook),
    ],
    environment: environmentConfig,
    target: { ...to, ref: branch },
    from: state.live,
  })
  return { steps: plannedSteps(input.steps), input, to }
}

/** What asks as a user comes after maintenance is off: behind it nobody gets an answer. */
function asksUsers({ work }: FrozenStep): boolean {
  return work.type === "strategy" && work.effect === "confirm"
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
