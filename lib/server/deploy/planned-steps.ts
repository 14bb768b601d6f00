import type { FrozenStep, RunInput } from "@/lib/contracts/runs"
import type { EventData } from "@/lib/domain/timeline/event-types"

export type PlannedStep = EventData<"run.queued">["steps"][number]

/** A run to be queued: what the timeline shows of it, and what the worker does. */
export interface PlannedRun<Input extends RunInput> {
  steps: PlannedStep[]
  input: Input
}

/** The steps as the timeline shows them: without their frozen definitions. */
export function plannedSteps(steps: readonly FrozenStep[]): PlannedStep[] {
  return steps.map(({ key, title, phase, phaseTitle, parallel }) => ({ key, title, phase, phaseTitle, parallel }))
}
