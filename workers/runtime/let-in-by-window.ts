import type { FrozenStep } from "@/lib/contracts/runs"
import { windowGate } from "@/lib/domain/gate/window-gate"
import type { StepState } from "@/lib/domain/release/state"
import { decideStepWaiting } from "@/lib/domain/run/decide-step"
import type { RunContext } from "./run-context"

/**
 * A window that closes while a deployment runs lets the step in hand end; each new step of the deploy phase then needs a
 * person's word. False: it waits for that. Everything but the deploy phase goes on: maintenance must come off again.
 */
export async function letInByWindow(context: RunContext, step: FrozenStep, known: StepState): Promise<boolean> {
  if (context.run.kind !== "deploy" || step.phase !== "deploy" || known.confirmed || known.attempt > 0) return true
  const state = await context.state()
  if (windowGate(state, context.clock.nowMs()).letsIn) return true
  await context.commit(({ state: now }) =>
    decideStepWaiting(
      now,
      {
        runId: context.run.id,
        stepKey: step.key,
        prompt: "The deployment window has closed. Confirm to go on with this step outside of it.",
        role: null,
      },
      context.actor,
    ),
  )
  return false
}
