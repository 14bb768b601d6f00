import type { Role } from "@/lib/domain/access/roles"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, StepState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { findStep } from "./find-run"

interface StepRef {
  runId: string
  stepKey: string
}

const nothing: Decision = { ok: true, events: [] }

/** Records an attempt before it begins. What is still told as running must be told as interrupted first. */
export function decideStepStarted(state: ReleaseState, { runId, stepKey }: StepRef, actor: Actor): Decision {
  const found = findStep(state, { runId, stepKey })
  if (!found.ok) return found
  const { step } = found
  if (step.status === "passed" || step.status === "skipped" || hasOpenAttempt(step)) return alreadySo(step)
  return { ok: true, events: [{ type: "step.started", actor, data: { runId, stepKey, attempt: step.attempt + 1 } }] }
}

/** Records how it ended. `adopted`: it was found done and not done again. */
export function decideStepFinished(
  state: ReleaseState,
  {
    runId,
    stepKey,
    status,
    summary,
    evidenceId = null,
    adopted = false,
  }: StepRef &
    Pick<EventData<"step.finished">, "status" | "summary"> & { evidenceId?: string | null; adopted?: boolean },
  actor: Actor,
): Decision {
  const found = findStep(state, { runId, stepKey })
  if (!found.ok) return found
  const { step } = found
  if (step.status === "passed" || step.status === "skipped") return step.status === status ? nothing : alreadySo(step)
  const attempt = hasOpenAttempt(step) ? step.attempt : step.attempt + 1
  const data = { runId, stepKey, attempt, status, summary, evidenceId, adopted }
  return { ok: true, events: [{ type: "step.finished", actor, data }] }
}

/** Records that the worker was lost while it was at it. */
export function decideStepInterrupted(
  state: ReleaseState,
  { runId, stepKey, words }: StepRef & { words: string },
  actor: Actor,
): Decision {
  const found = findStep(state, { runId, stepKey })
  if (!found.ok) return found
  const { step } = found
  if (step.status === "interrupted") return nothing
  if (!hasOpenAttempt(step)) return alreadySo(step)
  return {
    ok: true,
    events: [{ type: "step.interrupted", actor, data: { runId, stepKey, attempt: step.attempt, words } }],
  }
}

/** Asks a person. Asked already in the same words: nothing more to do. */
export function decideStepWaiting(
  state: ReleaseState,
  { runId, stepKey, prompt, role }: StepRef & { prompt: string; role: Role | null },
  actor: Actor,
): Decision {
  const found = findStep(state, { runId, stepKey })
  if (!found.ok) return found
  const { step } = found
  if (step.status === "passed" || step.status === "skipped") return alreadySo(step)
  if (step.status === "waiting" && step.prompt === prompt && step.waitingRole === role) return nothing
  return { ok: true, events: [{ type: "step.waiting", actor, data: { runId, stepKey, prompt, role } }] }
}

function hasOpenAttempt(step: StepState): boolean {
  return step.attempts.at(-1)?.finishedAt === null
}

function alreadySo(step: StepState): Decision {
  const words = step.status.replaceAll("_", " ")
  return refuse("conflict", `The step “${step.title}” is ${words}.`, { detail: { status: step.status } })
}
