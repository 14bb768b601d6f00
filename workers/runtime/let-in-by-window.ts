import type { FrozenStep } from "@/lib/contracts/runs"
import { freezeInWords, windowGate } from "@/lib/domain/gate/window-gate"
import type { StepState } from "@/lib/domain/release/state"
import { decideStepWaiting } from "@/lib/domain/run/decide-step"
import type { RunContext } from "./run-context"

/**
 * A window that closes, or a freeze that begins, while a deployment runs lets the step in hand end; each new step of the deploy phase then needs a
 * person's word. False: it waits for that. Everything but the deploy phase goes on: maintenance must come off again.
 */
export async function letInByWindow(context: RunContext, step: FrozenStep, known: StepState): Promise<boolean> {
  if (context.run.kind !== "deploy" || step.phase !== "deploy" || known.confirmed || known.attempt > 0) return true
  const asked = await context.commit<boolean>(({ state, environment, now }) => {
    const { letsIn, window, freezes } = windowGate(state, environment, now.getTime())
    if (letsIn) return { decision: { ok: true, events: [] }, result: true }
    const frozen = freezes.inForce.map((each) => freezeInWords(each, state.window.zone)).join(" ")
    const why = window.open ? frozen : `The deployment window has closed. ${frozen}`.trim()
    const prompt = `${why} Confirm to go on with this step all the same.`
    const waiting = { runId: context.run.id, stepKey: step.key, prompt, role: null }
    return { decision: decideStepWaiting(state, waiting, context.actor), result: false }
  })
  return asked.ok && asked.result === true
}
