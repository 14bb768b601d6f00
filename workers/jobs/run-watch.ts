import type { WatchRunInput } from "@/lib/contracts/runs"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { startSampler } from "../metrics/sampler"
import { executeSteps } from "../runtime/execute-steps"
import type { RunContext } from "../runtime/run-context"
import { RunStopped } from "../runtime/run-stopped"
import type { StepOutcome } from "../runtime/step-outcome"
import { runEnvironment } from "../steps/run-environment"
import { createStepWorker } from "./step-worker"

const LOOK_MS = 5_000

/** Samples and keeps the triggers' eyes open until the release is closed or rolled back, which ends the run. */
export async function runWatch(context: RunContext, input: WatchRunInput): Promise<void> {
  const environment = await runEnvironment(context, input.environment, { target: null, replaces: () => null })
  const sampler = await startSampler(context, environment)
  const watch = async (): Promise<StepOutcome> => {
    for (;;) {
      context.control.signal.throwIfAborted()
      const { status } = await context.state()
      if (status === "closed") return { status: "passed", summary: "The release was closed", blocks: [], kind: "watch" }
      await context.control.news(LOOK_MS)
    }
  }
  try {
    await executeSteps(context, input.steps, createStepWorker(context, environment, { watch }), "stop")
    await finish(context, "passed", "Watched until the release was closed")
  } catch (error) {
    if (!(error instanceof RunStopped) || error.reason !== "abort") throw error
    await finish(context, "aborted", "Watching was stopped by a person")
  } finally {
    await sampler.stop()
  }
}

async function finish(context: RunContext, status: "passed" | "aborted", outcome: string): Promise<void> {
  await context.commit(({ state }) =>
    decideRunFinished(state, { runId: context.run.id, status, outcome }, context.actor),
  )
}
