import type { FrozenStep } from "@/lib/contracts/runs"
import { executeStep, type StepEnd } from "./execute-step"
import type { RunContext } from "./run-context"
import type { StepWorker } from "./step-outcome"

/**
 * Carries out steps in order, those of one parallel name side by side, and answers with those that did not end well.
 * `stop`: ends after the first step (or group) with such an end; `go_on`: all are carried out. Rejects with RunStopped.
 */
export async function executeSteps(
  context: RunContext,
  steps: readonly FrozenStep[],
  worker: StepWorker,
  onFailure: "stop" | "go_on",
): Promise<StepEnd[]> {
  const bad: StepEnd[] = []
  for (const group of groupsOf(steps)) {
    const ends = await Promise.allSettled(group.map((step) => executeStep(context, step, worker)))
    // All are waited for before a stop is passed on: none may go on writing behind the clean-up's back.
    for (const end of ends) if (end.status === "rejected") throw end.reason
    bad.push(...ends.flatMap((end) => (end.status === "fulfilled" && !isGood(end.value) ? [end.value] : [])))
    if (bad.length > 0 && onFailure === "stop") break
  }
  return bad
}

function isGood(end: StepEnd): boolean {
  return end.status === "passed" || end.status === "skipped"
}

/** Neighbours with the same parallel name, everything else by itself. */
export function groupsOf(steps: readonly FrozenStep[]): FrozenStep[][] {
  const groups: FrozenStep[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last && step.parallel !== null && last[0]?.parallel === step.parallel) last.push(step)
    else groups.push([step])
  }
  return groups
}
