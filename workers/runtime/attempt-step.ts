import type { FrozenStep } from "@/lib/contracts/runs"
import type { StepState } from "@/lib/domain/release/state"
import {
  decideStepFinished,
  decideStepInterrupted,
  decideStepStarted,
  decideStepWaiting,
} from "@/lib/domain/run/decide-step"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import { log as processLog } from "@/lib/server/log"
import { messageOf } from "./error-words"
import { type RunContext, stepIn } from "./run-context"
import { RunStopped } from "./run-stopped"
import type { StepOutcome, StepWorker } from "./step-outcome"
import { together } from "./together"

/** One attempt, on record before it begins and after it ends. Null: somebody else moved the step on meanwhile. */
export async function attemptStep(
  context: RunContext,
  step: FrozenStep,
  known: StepState,
  worker: StepWorker,
): Promise<StepOutcome | null> {
  const { control, run, actor } = context
  if (step.work.type === "confirm") return waitForWord(context, step, known)
  const n = known.attempt + 1
  const where = { runId: run.id, stepKey: step.key }
  const started = await context.commit(({ state }) => decideStepStarted(state, where, actor))
  if (!started.ok) return null

  const log = context.logs.open(step.key, n)
  const stop = step.changesWorld ? control.worldSignal : control.signal
  const timeLimit = AbortSignal.timeout(Math.min(step.timeoutMs, MAX_TIMER_MS))
  const signal = AbortSignal.any([stop, timeLimit])
  let outcome: StepOutcome
  try {
    if (step.changesWorld) await control.assertHeld()
    outcome = await worker.carryOut({ step, n, signal, timeoutMs: step.timeoutMs, log: log.write })
  } catch (error) {
    if (stop.aborted) {
      log.end()
      await endStopped(context, step)
      throw stop.reason
    }
    if (error instanceof RunStopped) throw error
    if (!timeLimit.aborted) processLog.warn({ err: error, ...where }, "a step failed by an error")
    outcome = timeLimit.aborted
      ? { status: "timed_out", summary: `Not done after ${seconds(step.timeoutMs)}`, blocks: [], kind: step.work.type }
      : { status: "failed", summary: messageOf(error), blocks: [], kind: step.work.type }
  }
  log.end()
  await context.logs.flush()
  await finishStep(context, step, outcome)
  return outcome
}

/** setTimeout takes no more than this; what lasts longer is ended by people. */
const MAX_TIMER_MS = 2 ** 31 - 1

export async function finishStep(context: RunContext, step: FrozenStep, outcome: StepOutcome): Promise<void> {
  const { run, actor } = context
  const committed = await context.commit(async (hand) => {
    const known = stepIn(hand.state, run.id, step.key)
    if (known.status === "passed" || known.status === "skipped") return { ok: true, events: [] }
    const evidence = await storeEvidence(hand.tx, {
      releaseId: hand.state.id,
      subject: `${run.id}/${step.key}`,
      kind: outcome.kind,
      blocks: outcome.blocks,
      result: outcome.result,
      at: hand.now,
    })
    const finished = decideStepFinished(
      hand.state,
      {
        runId: run.id,
        stepKey: step.key,
        status: outcome.status,
        summary: outcome.summary,
        evidenceId: evidence.id,
        adopted: outcome.adopted ?? false,
      },
      actor,
    )
    return outcome.also ? together(outcome.also(hand), finished) : finished
  })
  if (!committed.ok) throw new Error(`the end of step "${step.key}" was refused: ${committed.refusal.message}`)
}

/** The end of an attempt that was stopped from outside. A run that was lost is no longer ours to write to. */
async function endStopped(context: RunContext, step: FrozenStep): Promise<void> {
  const { control, run, actor } = context
  const where = { runId: run.id, stepKey: step.key }
  if (control.reason === "hand_over") {
    const words = "The worker was told to end; another one goes on."
    await context.commit(({ state }) => decideStepInterrupted(state, { ...where, words }, actor))
  }
  if (control.reason === "abort") {
    const { abort } = (await context.state()).runs[run.id] ?? {}
    const summary = `Stopped${abort ? ` by ${abort.by}` : ""}`
    await context.commit(({ state }) => decideStepFinished(state, { ...where, status: "aborted", summary }, actor))
  }
}

async function waitForWord(context: RunContext, step: FrozenStep, known: StepState): Promise<StepOutcome | null> {
  if (step.work.type !== "confirm") throw new Error(`step "${step.key}" does not wait for a person`)
  const { run, actor } = context
  const { prompt, role } = step.work
  if (!known.confirmed) {
    await context.commit(({ state }) =>
      decideStepWaiting(state, { runId: run.id, stepKey: step.key, prompt, role }, actor),
    )
    return null
  }
  const { by, note } = known.confirmed
  const outcome: StepOutcome = {
    status: "passed",
    summary: note ? `${by}: ${note}` : `Confirmed by ${by}`,
    blocks: [],
    kind: "confirm",
  }
  await finishStep(context, step, outcome)
  return outcome
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 1_000)} s`
}
