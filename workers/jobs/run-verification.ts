import { randomUUID } from "node:crypto"
import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { VerifyRunInput, WatchWork } from "@/lib/contracts/runs"
import { verdictOfWatch } from "@/lib/domain/metric/verdict-of-watch"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { decideVerdict, decideWatchStarted } from "@/lib/domain/verification/decide-verification"
import { doesNotUndo } from "@/lib/server/rollback/does-not-undo"
import { readRunSamples } from "@/lib/server/runs/read-samples"
import { planWatchRun } from "@/lib/server/verification/plan-watch-run"
import { startSampler } from "../metrics/sampler"
import { samplesBlock } from "../metrics/samples-block"
import type { StepEnd } from "../runtime/execute-step"
import { executeSteps } from "../runtime/execute-steps"
import { type RunContext, runIn } from "../runtime/run-context"
import { RunStopped } from "../runtime/run-stopped"
import type { StepAttempt, StepOutcome } from "../runtime/step-outcome"
import { nothingToDo } from "../runtime/together"
import type { Captures } from "../steps/check-step"
import { runEnvironment } from "../steps/run-environment"
import { captureAgain } from "./capture-again"
import { createStepWorker } from "./step-worker"

const LOOK_MS = 1_000

type WatchVerdict = ReturnType<typeof verdictOfWatch> & { readings?: EvidenceBlock }

/**
 * Checks, then the watch, then the verdict. Samples are taken from the first moment, so that a trigger can act while the
 * checks still run. The next run goes on watching whatever the verdict was: triggers stay armed while people think.
 */
export async function runVerification(context: RunContext, input: VerifyRunInput): Promise<void> {
  const environment = await runEnvironment(context, input.environment, { target: null, replaces: () => null })
  const sampler = await startSampler(context, environment)
  const captures: Captures = new Map()
  const watch = (attempt: StepAttempt) => watchUntilEnd(context, attempt)
  const worker = createStepWorker(context, environment, { watch, captures })
  const isWatch = ({ work }: VerifyRunInput["steps"][number]) => work.type === "watch"
  try {
    await captureAgain(context, environment, captures, input.steps)
    const bad = await executeSteps(
      context,
      input.steps.filter((step) => !isWatch(step)),
      worker,
      "go_on",
    )
    const stopped = bad.length > 0 ? bad : await executeSteps(context, input.steps.filter(isWatch), worker, "stop")
    const verdict = await verdictOf(context, input, stopped)
    await giveVerdict(context, verdict)
  } catch (error) {
    if (!(error instanceof RunStopped) || error.reason !== "abort") throw error
    const { abort } = runIn(await context.state(), context.run.id)
    const outcome = `Stopped by ${abort?.by ?? "a person"}${abort?.reason ? `: ${abort.reason}` : ""}`
    await context.commit(({ state, playbook, environmentConfig }) => {
      const watch = { runId: randomUUID(), ...planWatchRun({ playbook, environmentConfig }) }
      return decideRunFinished(state, { runId: context.run.id, status: "aborted", outcome, watch }, context.actor)
    })
  } finally {
    await sampler.stop()
  }
}

/** The end of the watch is an instant on record, which a worker that comes later finds there. */
async function watchUntilEnd(context: RunContext, { step }: StepAttempt): Promise<StepOutcome> {
  const { control, clock, run, actor } = context
  const work = watchWork(step.work)
  const started = await context.commit(({ state, now }) => {
    if (state.verification?.watchEndsAt) return nothingToDo
    const endsAt = new Date(now.getTime() + (work.durationMs ?? 0)).toISOString()
    return decideWatchStarted(state, { runId: run.id, endsAt }, actor)
  })
  if (!started.ok) throw new Error("the watch could not begin")
  for (;;) {
    control.signal.throwIfAborted()
    // People may make it longer or shorter meanwhile.
    const endsAt = (await context.state()).verification?.watchEndsAt
    if (!endsAt) throw new Error("the watch could not begin")
    const leftMs = Date.parse(endsAt) - clock.nowMs()
    if (leftMs <= 0) break
    await control.news(Math.min(LOOK_MS, leftMs))
  }
  const { verdict, reasons, readings } = await verdictOfSamples(context, work)
  return {
    status: verdict === "pass" ? "passed" : "failed",
    summary: reasons.join("; ") || "Every limit was kept",
    blocks: [
      { type: "text", title: `Verdict: ${verdict}`, text: reasons.join("\n") || "Every limit was kept." },
      ...(readings ? [readings] : []),
    ],
    kind: "watch",
    final: true,
  }
}

async function verdictOf(context: RunContext, input: VerifyRunInput, bad: StepEnd[]): Promise<WatchVerdict> {
  const watch = input.steps.find(({ work }) => work.type === "watch")
  const failed = bad.filter(({ key }) => key !== watch?.key)
  if (failed.length > 0) {
    return { verdict: "fail", reasons: failed.map(({ title, summary }) => `${title}: ${summary ?? "failed"}`) }
  }
  if (!watch) return { verdict: "inconclusive", reasons: ["Nothing was watched"] }
  return verdictOfSamples(context, watchWork(watch.work))
}

async function verdictOfSamples(context: RunContext, work: WatchWork): Promise<WatchVerdict> {
  const { verification } = await context.state()
  if (!verification?.watchStartedAt || !verification.watchEndsAt) {
    return { verdict: "inconclusive", reasons: ["The watch did not take place"] }
  }
  const samples = await readRunSamples(context.run.id)
  const { steered } = verification
  const span = { fromMs: Date.parse(verification.watchStartedAt), toMs: Date.parse(verification.watchEndsAt) }
  const verdict = {
    ...verdictOfWatch(work.rules, samples, { ...span, minSamples: work.minSamples }),
    readings: samplesBlock(work.rules, samples, span),
  }
  if (steered?.how !== "ended_early") return verdict
  return { ...verdict, reasons: [...verdict.reasons, `Ended early by ${steered.by}: ${steered.reason}`] }
}

async function giveVerdict(context: RunContext, { verdict, reasons }: WatchVerdict): Promise<void> {
  const { run, actor } = context
  await context.commit(({ state, playbook, environmentConfig }) => {
    const watch = { runId: randomUUID(), ...planWatchRun({ playbook, environmentConfig }) }
    return decideVerdict(state, { runId: run.id, verdict, reasons, watch, doesNotUndo: doesNotUndo(playbook) }, actor)
  })
}

function watchWork(work: VerifyRunInput["steps"][number]["work"]): WatchWork {
  if (work.type !== "watch") throw new Error(`a step of type "${work.type}" does not watch`)
  return work
}
