import { randomUUID } from "node:crypto"
import type { DeployRunInput } from "@/lib/contracts/runs"
import { decideFoundLive } from "@/lib/domain/deployment/decide-deployment"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { planVerifyRun } from "@/lib/server/verification/plan-verify-run"
import { startSampler } from "../metrics/sampler"
import { executeSteps } from "../runtime/execute-steps"
import { type RunContext, runIn } from "../runtime/run-context"
import { RunStopped } from "../runtime/run-stopped"
import { runEnvironment } from "../steps/run-environment"
import { mayStillStart } from "./ask-the-gate"
import { cleanUpDeploy } from "./clean-up-deploy"
import { createStepWorker } from "./step-worker"

const LIVE_TIMEOUT_MS = 60_000

/** A deployment from preflight to the smoke test. Passed, it queues the verification in the commit that ends it. */
export async function runDeploy(context: RunContext, input: DeployRunInput): Promise<void> {
  const environment = await runEnvironment(context, input.environment, {
    target: input.target,
    replaces: (state) => state.previous,
  })
  if (!(await mayStillStart(context, input))) return
  // Before the switch it measures what was so already; after it the triggers are armed, whatever else is still to do.
  const sampler = await startSampler(context, environment)
  const worker = createStepWorker(context, environment, sampler)
  try {
    await noteWhatIsLive(context, worker.strategy)
    const [bad] = await executeSteps(context, input.steps, worker, "stop")
    if (bad) {
      const why = `"${bad.title}" ${bad.status === "timed_out" ? "took too long" : "failed"}: ${bad.summary ?? "no reason given"}`
      await cleanUpDeploy(context, worker, input, { status: "failed", why })
      return
    }
    await finishPassed(context, input)
  } catch (error) {
    if (!(error instanceof RunStopped) || error.reason !== "abort") throw error
    const { abort } = runIn(await context.state(), context.run.id)
    const why = `Stopped by ${abort?.by ?? "a person"}${abort?.reason ? `: ${abort.reason}` : ""}`
    await cleanUpDeploy(context, worker, input, { status: "aborted", why })
  } finally {
    await sampler.stop()
  }
}

/** What a rollback would go back to. Asked once, before the first step: later the answer might be this run's own version. */
async function noteWhatIsLive(
  context: RunContext,
  strategy: ReturnType<typeof createStepWorker>["strategy"],
): Promise<void> {
  const { steps } = runIn(await context.state(), context.run.id)
  if (steps.some((step) => step.status !== "pending" || step.attempt > 0)) return
  context.control.signal.throwIfAborted()
  const previous = await strategy
    .live(AbortSignal.any([context.control.signal, AbortSignal.timeout(LIVE_TIMEOUT_MS)]))
    .catch((error: unknown) => {
      context.control.signal.throwIfAborted()
      throw error
    })
  await context.commit(({ state }) => decideFoundLive(state, { previous }, context.actor))
}

async function finishPassed(context: RunContext, input: DeployRunInput): Promise<void> {
  await context.commit(({ state, playbook, environmentConfig }) => {
    const verify = { runId: randomUUID(), ...planVerifyRun({ playbook, environmentConfig }) }
    const outcome = `${input.target.version} is live`
    return decideRunFinished(state, { runId: context.run.id, status: "passed", outcome, verify }, context.actor)
  })
}
