import type { FrozenStep } from "@/lib/contracts/runs"
import type { StepState } from "@/lib/domain/release/state"
import { decideStepInterrupted, decideStepWaiting } from "@/lib/domain/run/decide-step"
import { attemptStep, finishStep } from "./attempt-step"
import { messageOf } from "./error-words"
import { letInByWindow } from "./let-in-by-window"
import { type RunContext, runIn, stepIn } from "./run-context"
import type { StepAttempt, StepWorker } from "./step-outcome"

const BACK_OFF_MS = 1_000
const LONGEST_BACK_OFF_MS = 10_000
const LOOK_MS = 2_000

export interface StepEnd {
  key: string
  title: string
  status: StepState["status"]
  summary: string | null
}

/**
 * Takes a step from wherever its last worker left it to its end: attempts, retries, waiting for people, and after an
 * interruption the question what was done. Everything is read from the release, so that any worker can go on.
 */
export async function executeStep(context: RunContext, step: FrozenStep, worker: StepWorker): Promise<StepEnd> {
  const { control, run } = context
  for (;;) {
    control.signal.throwIfAborted()
    const known = stepIn(await context.state(), run.id, step.key)
    if (known.status === "passed" || known.status === "skipped" || known.status === "aborted") return endOf(known)
    if (known.status === "waiting") {
      await control.news(LOOK_MS)
      continue
    }
    if (known.status === "running" && !isConfirmedWait(step, known)) {
      await interrupted(context, known)
      continue
    }
    if (known.status === "interrupted" || (known.status === "pending" && known.attempt > 0)) {
      if (step.changesWorld && !(await mayGoOn(context, step, known, worker))) continue
    }
    if (known.status === "failed" || known.status === "timed_out") {
      const failures = known.attempts.filter(({ status }) => status === "failed" || status === "timed_out").length
      if (failures > step.retries) {
        if (!step.skippable) return endOf(known)
        await askWhetherToSkip(context, known)
        continue
      }
      await control.news(Math.min(LONGEST_BACK_OFF_MS, BACK_OFF_MS * 2 ** (failures - 1)))
      control.signal.throwIfAborted()
    }
    if (await isHeld(context)) continue
    if (!(await isDue(context, step, known))) continue
    if (!(await letInByWindow(context, step, known))) continue
    const outcome = await attemptStep(context, step, known, worker)
    if (outcome?.final && !step.skippable) return endOf(stepIn(await context.state(), run.id, step.key))
  }
}

/** Waits a while where somebody has paused the run: nothing begins, not even again. */
async function isHeld(context: RunContext): Promise<boolean> {
  if (!runIn(await context.state(), context.run.id).pause) return false
  await context.control.news(LOOK_MS)
  return true
}

/** Waits a while where its time has not come. Nothing is told: the plan of the go-live says what is waited for. */
async function isDue({ clock, control }: RunContext, step: FrozenStep, known: StepState): Promise<boolean> {
  if (!step.notBefore || known.attempt > 0) return true
  const leftMs = Date.parse(step.notBefore) - clock.nowMs()
  if (leftMs <= 0) return true
  await control.news(Math.min(leftMs, LOOK_MS))
  return false
}

/** The run holds its place: trying again, skipping with a reason and aborting are all open to people. */
async function askWhetherToSkip(context: RunContext, { key, summary }: StepState): Promise<void> {
  const prompt = `It did not work: ${summary ?? "no reason given"} Confirm to try it again, skip it with a reason, or abort.`
  await context.commit(({ state }) =>
    decideStepWaiting(state, { runId: context.run.id, stepKey: key, prompt, role: null }, context.actor),
  )
}

/** A person's word came while the attempt was open: there is no work under way that could be lost. */
function isConfirmedWait(step: FrozenStep, known: StepState): boolean {
  return step.work.type === "confirm" && known.confirmed !== null
}

async function interrupted(context: RunContext, known: StepState): Promise<void> {
  await context.commit(({ state }) =>
    decideStepInterrupted(
      state,
      {
        runId: context.run.id,
        stepKey: known.key,
        words: "The worker that carried this out is gone.",
      },
      context.actor,
    ),
  )
}

/** Asks the world before something that changes it is done again. False: the step moved on, look at it anew. */
async function mayGoOn(context: RunContext, step: FrozenStep, known: StepState, worker: StepWorker): Promise<boolean> {
  const log = context.logs.open(step.key, known.attempt)
  const attempt: StepAttempt = {
    step,
    n: known.attempt,
    signal: AbortSignal.any([context.control.worldSignal, AbortSignal.timeout(step.timeoutMs)]),
    timeoutMs: step.timeoutMs,
    log: log.write,
  }
  const found = await worker.inspect(attempt).catch((error: unknown) => {
    context.control.worldSignal.throwIfAborted()
    return { answer: "ask" as const, prompt: `What is live could not be asked: ${messageOf(error)}` }
  })
  log.end()
  if (found.answer === "again") return true
  if (found.answer === "done") {
    await finishStep(context, step, { ...found.outcome, adopted: true })
    return false
  }
  // A person has looked already and said that it may go on.
  if (known.status === "pending" && known.confirmed) return true
  await context.commit(({ state }) =>
    decideStepWaiting(
      state,
      {
        runId: context.run.id,
        stepKey: step.key,
        prompt: `This step was interrupted. ${found.prompt}. Look at the platform; confirm to do the step again.`,
        role: null,
      },
      context.actor,
    ),
  )
  return false
}

function endOf({ key, title, status, summary }: StepState): StepEnd {
  return { key, title, status, summary }
}
