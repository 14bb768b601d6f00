import type { StepWork } from "@/lib/contracts/runs"
import { messageOf } from "../runtime/error-words"
import type { Inspected, StepAttempt, StepOutcome } from "../runtime/step-outcome"
import { factsBlock } from "./facts-block"
import type { RunEnvironment } from "./run-environment"

type FlagWork = Extract<StepWork, { type: "flag" }>

/** Turns a feature flag through its provider. Turning is the same however often it is done. */
export function flagSteps(environment: RunEnvironment) {
  async function carryOut({ flagKey, on, reason }: FlagWork, { signal, log }: StepAttempt): Promise<StepOutcome> {
    const flag = environment.createFlag(flagKey, signal, (words) => log("info", `${words}\n`))
    try {
      const now = await flag.set(on, reason)
      return outcome(flagKey, now.on)
    } catch (error) {
      signal.throwIfAborted()
      return { status: "failed", summary: messageOf(error), blocks: [], kind: "flag" }
    }
  }

  async function inspect({ flagKey, on }: FlagWork, { signal, log }: StepAttempt): Promise<Inspected> {
    const now = await environment.createFlag(flagKey, signal, (words) => log("info", `${words}\n`)).state()
    return now.on === on ? { answer: "done", outcome: outcome(flagKey, on) } : { answer: "again" }
  }

  return { carryOut, inspect }
}

function outcome(flagKey: string, on: boolean): StepOutcome {
  const state = on ? "on" : "off"
  const blocks = [factsBlock([{ label: flagKey, value: state }])]
  return { status: "passed", summary: `The provider says that it is ${state}`, blocks, kind: "flag" }
}
