import { setTimeout as delay } from "node:timers/promises"
import { decideMaintenanceOff, decideMaintenanceOn } from "@/lib/domain/maintenance/decide-maintenance"
import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { RunContext } from "../runtime/run-context"
import type { Inspected, StepAttempt, StepOutcome } from "../runtime/step-outcome"
import { factsBlock } from "./facts-block"
import type { RunEnvironment } from "./run-environment"

/** Caches and load balancers take a moment. */
const SEEN_WITHIN_MS = 15_000
const LOOK_AGAIN_MS = 500

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
    if (on === (action === "on")) return asSeenByUsers(action, signal)
    const summary = `Asked to turn maintenance mode ${action}, the provider still says that it is ${on ? "on" : "off"}`
    return { status: "failed", summary, blocks: [], kind: "maintenance" }
  }

  /**
   * A provider may say that it is on while users still get the service: then it is not on. The other way round is no
   * fault of the provider's: what answers 503 behind it may be the service itself, so that is said and stops nobody.
   */
  async function asSeenByUsers(action: "on" | "off", signal: AbortSignal): Promise<StepOutcome> {
    if (!environment.config.maintenance.askService) return outcome(action, false)
    const isSo = (status: number | null) => (action === "on" ? status === 503 : status !== null && status !== 503)
    const deadlineMs = performance.now() + SEEN_WITHIN_MS
    for (;;) {
      const status = await environment.askService(signal).catch(() => null)
      signal.throwIfAborted()
      const seen = status === null ? "no answer" : `${status}`
      if (isSo(status)) return outcome(action, false, seen)
      if (performance.now() < deadlineMs) {
        await delay(LOOK_AGAIN_MS, null, { signal }).catch(() => signal.throwIfAborted())
        continue
      }
      if (action === "off") return outcome(action, false, seen)
      const summary = `The provider says that maintenance mode is on, but the service answers ${status ?? "nothing"} and not 503`
      return { status: "failed", summary, blocks: [], kind: "maintenance" }
    }
  }

  async function inspect(action: "on" | "off"): Promise<Inspected> {
    const { on } = await environment.createMaintenance(context.control.worldSignal).state()
    // Turning is the same however often it is done.
    return on === (action === "on") ? { answer: "done", outcome: outcome(action, true) } : { answer: "again" }
  }

  function outcome(action: "on" | "off", found: boolean, seen?: string): StepOutcome {
    const summary = `Maintenance mode is ${action}`
    return {
      status: "passed",
      summary: found ? `Found so after an interruption: ${summary}` : summary,
      blocks: [
        factsBlock([
          { label: "Maintenance mode", value: action },
          { label: "Provider", value: kind },
          ...(action === "on" ? [{ label: "Users are told", value: message }] : []),
          ...(seen === undefined ? [] : [{ label: "The service answers", value: seen }]),
        ]),
      ],
      kind: "maintenance",
      also: ({ state, now }) => turned(state, action, now),
    }
  }

  function turned(state: ReleaseState, action: "on" | "off", now: Date): Decision {
    return action === "on"
      ? decideMaintenanceOn(state, { message, provider: kind, nowIso: now.toISOString() }, context.actor)
      : decideMaintenanceOff(state, { provider: kind }, context.actor)
  }

  return { carryOut, inspect }
}
