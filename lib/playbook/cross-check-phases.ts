import type { CrossProblem } from "./cross-problem"
import { type PlaybookPhase, type PlaybookStep, phaseKeys } from "./sections/phases"

/** The four phases in their order; the deployment once, in its phase; maintenance on and off where they belong. */
export function phaseProblems(phases: PlaybookPhase[]): CrossProblem[] {
  const problems: CrossProblem[] = []
  for (const [i, phase] of phases.entries()) {
    if (phase.key !== phaseKeys[i]) {
      problems.push({ path: ["phases", i, "key"], message: `phase ${i + 1} must be "${phaseKeys[i]}"` })
    }
    problems.push(...parallelProblems(phase.steps, ["phases", i, "steps"]))
    for (const [n, step] of phase.steps.entries()) {
      const home = homeOf(step)
      if (home && home !== phase.key) {
        problems.push({ path: ["phases", i, "steps", n, "run"], message: `belongs in phase "${home}"` })
      }
    }
    const needed = neededRun(phase)
    if (needed && phase.steps.filter((step) => homeOf(step) === phase.key).length !== 1) {
      problems.push({ path: ["phases", i, "steps"], message: `needs exactly one step that runs ${needed}` })
    }
  }
  return problems
}

function homeOf(step: PlaybookStep): PlaybookPhase["key"] | null {
  if (step.run.type === "strategy") return "deploy"
  if (step.run.type === "maintenance") return step.run.action === "on" ? "maintenance_on" : "maintenance_off"
  return null
}

function neededRun(phase: PlaybookPhase): string | null {
  if (phase.key === "deploy") return "the strategy"
  if (phase.key === "maintenance_on") return "maintenance `on`"
  if (phase.key === "maintenance_off") return "maintenance `off`"
  return null
}

/** A name that comes back after other steps would promise "side by side" for steps that are not. */
function parallelProblems(steps: PlaybookStep[], path: (string | number)[]): CrossProblem[] {
  const problems: CrossProblem[] = []
  const ended = new Set<string>()
  for (const [n, step] of steps.entries()) {
    const before = steps[n - 1]?.parallel
    if (before && before !== step.parallel) ended.add(before)
    if (step.parallel && ended.has(step.parallel)) {
      problems.push({ path: [...path, n, "parallel"], message: `"${step.parallel}" was used before other steps` })
    }
    if (step.parallel && step.run.type !== "check") {
      problems.push({ path: [...path, n, "parallel"], message: "only checks run side by side" })
    }
  }
  return problems
}
