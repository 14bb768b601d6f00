import { type Refusal, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, RunKind, RunState, StepState } from "@/lib/domain/release/state"

/** Runs that are queued or running, oldest first. */
export function unfinishedRuns(state: ReleaseState, kinds: readonly RunKind[]): RunState[] {
  return state.runOrder
    .flatMap((id) => own(state.runs, id) ?? [])
    .filter((run) => run.finishedAt === null && kinds.includes(run.kind))
}

export type Found<T> = ({ ok: true } & T) | { ok: false; refusal: Refusal }

/** The step of a run that has not ended. */
export function findStep(
  state: ReleaseState,
  { runId, stepKey }: { runId: string; stepKey: string },
): Found<{ run: RunState; step: StepState }> {
  const run = own(state.runs, runId)
  const step = run?.steps.find((candidate) => candidate.key === stepKey)
  if (!run || !step) return refuse("not_found", "There is no such step in this run.")
  if (run.finishedAt !== null) return refuse("conflict", "The run has ended.", { detail: { status: run.status } })
  return { ok: true, run, step }
}
