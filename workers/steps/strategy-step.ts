import type { DeploymentTarget } from "@/lib/contracts/runs"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { type AlreadyRed, decideSwitch } from "@/lib/domain/deployment/decide-deployment"
import type { DeployedVersion } from "@/lib/domain/release/state"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { type StrategyCall, StrategyFailure, type StrategyTarget } from "@/lib/strategies/contract"
import type { RunContext } from "../runtime/run-context"
import { RunStopped } from "../runtime/run-stopped"
import type { Inspected, StepAttempt, StepOutcome } from "../runtime/step-outcome"
import { nothingToDo } from "../runtime/together"
import { factsBlock } from "./facts-block"
import type { RunEnvironment } from "./run-environment"

export interface StrategySteps {
  carryOut(effect: StrategyEffect, attempt: StepAttempt): Promise<StepOutcome>
  inspect(effect: StrategyEffect, attempt: StepAttempt): Promise<Inspected>
  live(signal: AbortSignal): Promise<DeployedVersion | null>
}

/** Steps of the environment's strategy: what they make live becomes an event in the commit that ends them. */
export function strategySteps(
  context: RunContext,
  environment: RunEnvironment,
  { redNow = () => [] }: { redNow?: () => AlreadyRed[] } = {},
): StrategySteps {
  let made: StrategyTarget | null = null
  const target = () => {
    made ??= environment.createTarget()
    return made
  }

  async function carryOut(effect: StrategyEffect, attempt: StepAttempt): Promise<StepOutcome> {
    const call = await callOf(attempt)
    try {
      const { summary, facts, live } = await target().execute(effect, call)
      return {
        status: "passed",
        summary,
        blocks: [factsBlock(facts)],
        kind: "strategy",
        also: live ? (hand) => switched(hand, call.previous, live, false) : undefined,
      }
    } catch (error) {
      if (!(error instanceof StrategyFailure)) throw error
      return { status: "failed", summary: error.message, blocks: [], kind: "strategy", final: !error.transient }
    }
  }

  async function inspect(effect: StrategyEffect, attempt: StepAttempt): Promise<Inspected> {
    const call = await callOf(attempt)
    const { answer, live, words } = await target().inspect(effect, call)
    if (answer === "untouched") return { answer: "again" }
    if (answer === "unknown") return { answer: "ask", prompt: words }
    return {
      answer: "done",
      outcome: {
        status: "passed",
        summary: `Found done after an interruption: ${words}`,
        blocks: [factsBlock([{ label: "Live", value: words }])],
        kind: "strategy",
        also: live ? (hand) => switched(hand, call.previous, live, true) : undefined,
      },
    }
  }

  function switched(hand: ReleaseInHand, from: DeployedVersion | null, to: DeployedVersion, adopted: boolean) {
    if (hand.state.live?.deploymentId === to.deploymentId) return nothingToDo
    return decideSwitch(hand.state, { from, to, adopted, alreadyRed: redNow() }, context.actor)
  }

  async function callOf({ signal, log, timeoutMs }: StepAttempt): Promise<StrategyCall> {
    const state = await context.state()
    const target = deploymentOf(environment.target)
    // A revert makes its commit on the way: exactly that one is deployed, wherever its branch leads meanwhile.
    const made = state.rollback?.runId === context.run.id ? (state.rollback.to?.commit ?? null) : null
    const deployment = { ...target, commit: target.commit ?? made }
    const previous = environment.replaces(state)
    const isGivenUp = () => signal.reason instanceof RunStopped && signal.reason.reason === "abort"
    return { deployment, previous, signal, log, timeoutMs, isGivenUp }
  }

  return { carryOut, inspect, live: (signal) => target().live(signal) }
}

function deploymentOf(target: DeploymentTarget | null): DeploymentTarget {
  if (!target) throw new Error("this run deploys nothing")
  return target
}
