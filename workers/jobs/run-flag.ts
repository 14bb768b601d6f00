import type { FlagRunInput } from "@/lib/contracts/runs"
import { decideFlagEnded } from "@/lib/domain/flag/decide-flag"
import { executeSteps } from "../runtime/execute-steps"
import type { RunContext } from "../runtime/run-context"
import { runEnvironment } from "../steps/run-environment"
import { createStepWorker } from "./step-worker"

/** Turns one feature flag, and says how it ended. */
export async function runFlag(context: RunContext, input: FlagRunInput): Promise<void> {
  const { run, actor } = context
  const environment = await runEnvironment(context, input.environment, { target: null, replaces: () => null })
  const [bad] = await executeSteps(context, input.steps, createStepWorker(context, environment), "stop")
  const problem = bad ? (bad.summary ?? `It ended as ${bad.status}.`) : null
  const { flagKey } = input
  await context.commit(({ state, now }) =>
    decideFlagEnded(state, { flagKey, runId: run.id, nowIso: now.toISOString(), problem }, actor),
  )
}
