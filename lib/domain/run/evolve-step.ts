import { elapsedMs, type Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, StepState, StepStatus } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"

export const foldStep: Folds<"step"> = {
  "step.started": (state, { at, data }) =>
    changedStep(state, data, (step) => ({
      ...closeAttempt(counted(step, at), at, "interrupted", null),
      status: "running",
      attempt: data.attempt,
      startedAt: step.startedAt ?? at,
      finishedAt: null,
      workingSince: at,
      attempts: [
        ...closeAttempt(step, at, "interrupted", null).attempts,
        { n: data.attempt, startedAt: at, finishedAt: null, status: "running", summary: null },
      ],
    })),
  "step.finished": (state, { at, data }) =>
    changedStep(state, data, (step) => {
      // What is found done after an interruption ends without having been begun again.
      const known = step.attempts.some((attempt) => attempt.n === data.attempt && attempt.finishedAt === null)
      const begun = known ? step : { ...step, attempts: [...step.attempts, newAttempt(data.attempt, at)] }
      return {
        ...endStep(begun, at, data.status, data.summary),
        attempt: data.attempt,
        startedAt: step.startedAt ?? at,
        summary: data.summary,
        evidenceId: data.evidenceId,
        adopted: data.adopted,
      }
    }),
  "step.interrupted": (state, { at, data }) =>
    changedStep(state, data, (step) => ({
      ...endStep(step, at, "interrupted", data.words),
      finishedAt: null,
      summary: data.words,
    })),
  "step.waiting": (state, { at, data }) =>
    changedStep(state, data, (step) => ({
      ...counted(step, at),
      status: "waiting",
      startedAt: step.startedAt ?? at,
      waitingSince: at,
      prompt: data.prompt,
      waitingRole: data.role,
      confirmed: null,
    })),
  "step.confirmed": (state, { actor, at, data }) =>
    changedStep(state, data, (step) => {
      const attemptIsOpen = step.attempts.at(-1)?.finishedAt === null
      return {
        ...counted(step, at),
        status: attemptIsOpen ? "running" : "pending",
        workingSince: attemptIsOpen ? at : null,
        prompt: null,
        waitingRole: null,
        confirmed: { by: actorName(actor), at, note: data.note },
      }
    }),
  "step.skipped": (state, { at, data }) =>
    changedStep(state, data, (step) => ({ ...endStep(step, at, "skipped", data.reason), summary: data.reason })),
}

/** Closes the clocks and the open attempt. */
export function endStep(step: StepState, at: string, status: StepStatus, summary: string | null): StepState {
  return {
    ...closeAttempt(counted(step, at), at, status, summary),
    status,
    finishedAt: at,
    prompt: null,
    waitingRole: null,
  }
}

/** Adds the time since the last change to the clock that was running, and stops it. */
function counted(step: StepState, at: string): StepState {
  return {
    ...step,
    workingMs: step.workingMs + (step.workingSince === null ? 0 : elapsedMs(step.workingSince, at)),
    waitingMs: step.waitingMs + (step.waitingSince === null ? 0 : elapsedMs(step.waitingSince, at)),
    workingSince: null,
    waitingSince: null,
  }
}

function closeAttempt(step: StepState, at: string, status: StepStatus, summary: string | null): StepState {
  const last = step.attempts.at(-1)
  if (!last || last.finishedAt !== null) return step
  return { ...step, attempts: [...step.attempts.slice(0, -1), { ...last, finishedAt: at, status, summary }] }
}

function newAttempt(n: number, at: string): StepState["attempts"][number] {
  return { n, startedAt: at, finishedAt: null, status: "running", summary: null }
}

function changedStep(
  state: ReleaseState,
  { runId, stepKey }: { runId: string; stepKey: string },
  change: (step: StepState) => StepState,
): ReleaseState {
  const run = own(state.runs, runId)
  if (!run?.steps.some((step) => step.key === stepKey)) return state
  const steps = run.steps.map((step) => (step.key === stepKey ? change(step) : step))
  return { ...state, runs: { ...state.runs, [runId]: { ...run, steps } } }
}
