import type { RollbackRunInput } from "@/lib/contracts/runs"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { decideCountdownOver } from "@/lib/domain/rollback/decide-rollback"
import { decideRollbackFailed, decideVerified } from "@/lib/domain/rollback/decide-rollback-end"
import { log } from "@/lib/server/log"
import { afterRollback } from "@/lib/server/rollback/after-rollback"
import { finishRun } from "@/lib/server/runs/finish-run"
import { executeSteps } from "../runtime/execute-steps"
import type { RunContext } from "../runtime/run-context"
import { runEnvironment } from "../steps/run-environment"
import { createStepWorker } from "./step-worker"

const LIVE_TIMEOUT_MS = 30_000

/** Back to the previous version. The claim of a countdown's run is the moment at which it is decided. */
export async function runRollback(context: RunContext, input: RollbackRunInput): Promise<void> {
  const { run, actor } = context
  const decided = await context.commit(({ state }) => decideCountdownOver(state, { runId: run.id }, actor), {
    lockEnvironment: true,
  })
  if (!decided.ok) {
    log.info({ runId: run.id, refusal: decided.refusal.message }, "a countdown was over without a rollback")
    await finishRun(context.holder)
    return
  }
  const from = input.from ?? (await askLive(context, input))
  const environment = await runEnvironment(context, input.environment, { target: input.target, replaces: () => from })
  const [bad] = await executeSteps(context, input.steps, createStepWorker(context, environment), "stop")
  await context.commit(
    ({ state, now, playbook, environmentConfig }) =>
      bad
        ? decideRollbackFailed(state, { runId: run.id, reason: `"${bad.title}": ${bad.summary ?? bad.status}` }, actor)
        : decideVerified(
            state,
            {
              ...{ runId: run.id, nowIso: now.toISOString() },
              afterwards: afterRollback({ playbook, environmentConfig, now }),
            },
            actor,
          ),
    { lockEnvironment: true },
  )
}

/** Decided before the switch was on record: only the platform can say what is to be replaced. */
async function askLive(context: RunContext, input: RollbackRunInput): Promise<DeployedVersion | null> {
  const environment = await runEnvironment(context, input.environment, { target: input.target, replaces: () => null })
  const signal = AbortSignal.any([context.control.signal, AbortSignal.timeout(LIVE_TIMEOUT_MS)])
  return environment.createTarget().live(signal)
}
