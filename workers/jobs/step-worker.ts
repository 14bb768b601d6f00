import type { AlreadyRed } from "@/lib/domain/deployment/decide-deployment"
import type { RunContext } from "../runtime/run-context"
import type { Inspected, StepAttempt, StepOutcome, StepWorker } from "../runtime/step-outcome"
import { type Captures, carryOutCheck } from "../steps/check-step"
import { flagSteps } from "../steps/flag-step"
import { type MaintenanceSteps, maintenanceSteps } from "../steps/maintenance-step"
import { carryOutRevert } from "../steps/revert-step"
import type { RunEnvironment } from "../steps/run-environment"
import { type StrategySteps, strategySteps } from "../steps/strategy-step"

/** Gives each step to what knows its kind of work. `watch` is the verification's own. */
export function createStepWorker(
  context: RunContext,
  environment: RunEnvironment,
  {
    watch,
    captures = new Map(),
    redNow,
  }: {
    watch?: (attempt: StepAttempt) => Promise<StepOutcome>
    captures?: Captures
    /** Triggers that are red at this moment: those before a switch say nothing about what is switched to. */
    redNow?: () => AlreadyRed[]
  } = {},
): StepWorker & { strategy: StrategySteps; maintenance: MaintenanceSteps } {
  const strategy = strategySteps(context, environment, { redNow })
  const maintenance = maintenanceSteps(context, environment)
  const flag = flagSteps(environment)

  async function carryOut(attempt: StepAttempt): Promise<StepOutcome> {
    const { work } = attempt.step
    switch (work.type) {
      case "check":
        return carryOutCheck(context, environment, captures, work.check, attempt)
      case "maintenance":
        return maintenance.carryOut(work.action, attempt)
      case "strategy":
        return strategy.carryOut(work.effect, attempt)
      case "flag":
        return flag.carryOut(work, attempt)
      case "revert":
        return carryOutRevert(context, environment, work, attempt)
      case "watch":
        if (watch) return watch(attempt)
        break
      case "confirm":
        break
    }
    throw new Error(`a ${context.run.kind} run has no worker for a step of type "${work.type}"`)
  }

  async function inspect(attempt: StepAttempt): Promise<Inspected> {
    const { work } = attempt.step
    if (work.type === "strategy") return strategy.inspect(work.effect, attempt)
    if (work.type === "maintenance") return maintenance.inspect(work.action)
    if (work.type === "flag") return flag.inspect(work, attempt)
    // A check or a watch may always be made again; a playbook that says otherwise of a check gets a person's word.
    return work.type === "check" ? { answer: "ask", prompt: "What it did so far is not known" } : { answer: "again" }
  }

  return { carryOut, inspect, strategy, maintenance }
}
