import { decideMaintenanceOff, decideMaintenanceOn } from "@/lib/domain/maintenance/decide-maintenance"
import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { RunContext } from "../runtime/run-context"
import type { Inspected, StepAttempt, StepOutcome } from "../runtime/step-outcome"
import { factsBlock } from "./facts-block"
import type { RunEnvironment } from "./run-environment"

export interface MaintenanceSteps {
  carryOut(action: "on" | "off", attempt: Pick<StepAttempt, "signal">): Promise<StepOutcome>
  inspect(action: "on" | "off"): Promise<Inspected>
}

/** Turns maintenance mode on and off through the environment's provider. */
export function maintenanceSteps(context: RunContext, environment: RunEnvironment): MaintenanceSteps {
  const { kind, message } = environment.config.maintenance

  async function carryOut(action: "on" | "off", { signal }: Pick<StepAttempt, "signal">): Promise<StepOutcome> {
    const provider = environment.createMaintenance(signal)
    const { on } = action === "on" ? await provider.turnOn(message) : await provider.turnOff()
    if (on === (action === "on")) return outcome(action, false)
    const summary = `Asked to turn maintenance mode ${action}, the provider still says that it is ${on ? "on" : "off"}`
    return { status: "failed", summary, blocks: [], kind: "maintenance" }
  }

  async function inspect(action: "on" | "off"): Promise<Inspected> {
    const { on } = await environment.createMaintenance(context.control.worldSignal).state()
    // Turning is the same however often it is done.
    return on === (action === "on") ? { answer: "done", outcome: outcome(action, true) } : { answer: "again" }
  }

  function outcome(action: "on" | "off", found: boolean): StepOutcome {
    const summary = `Maintenance mode is ${action}`
    return {
      status: "passed",
      summary: found ? `Found so after an interruption: ${summary}` : summary,
      blocks: [
        factsBlock([
          { label: "Maintenance mode", value: action },
          { label: "Provider", value: kind },
          ...(action === "on" ? [{ label: "Users are told", value: message }] : []),
        ]),
      ],
      kind: "maintenance",
      also: ({ state }) => turned(state, action),
    }
  }

  function turned(state: ReleaseState, action: "on" | "off"): Decision {
    return action === "on"
      ? decideMaintenanceOn(state, { message, provider: kind }, context.actor)
      : decideMaintenanceOff(state, { provider: kind }, context.actor)
  }

  return { carryOut, inspect }
}
