import type { WatchRunInput, WatchWork } from "@/lib/contracts/runs"
import { verdictOfWatch } from "@/lib/domain/metric/verdict-of-watch"
import { decideRollbackWatched } from "@/lib/domain/rollback/decide-rollback-end"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { readRunSamples } from "@/lib/server/runs/read-samples"
import { startSampler } from "../metrics/sampler"
import { executeSteps } from "../runtime/execute-steps"
import type { RunContext } from "../runtime/run-context"
import { RunStopped } from "../runtime/run-stopped"
import type { StepOutcome } from "../runtime/step-outcome"
import { runEnvironment } from "../steps/run-environment"
import { createStepWorker } from "./step-worker"

const LOOK_MS = 5_000

/**
 * Samples and keeps the triggers' eyes open until the release is closed or rolled back, which ends the run. After a
 * rollback it watches the version that is live again, for as long as the playbook says, and gives a verdict on it.
 */
export async function runWatch(context: RunContext, input: WatchRunInput): Promise<void> {
  const environment = await runEnvironment(context, input.environment, { target: null, replaces: () => null })
  const sampler = await startSampler(context, environment)
  const works = input.steps.flatMap(({ work }) => (work.type === "watch" ? [work] : []))
  const timed = works.find(({ durationMs }) => durationMs !== null)
  const watch = () => (timed ? watchForAWhile(context) : watchUntilClosed(context))
  try {
    await executeSteps(context, input.steps, createStepWorker(context, environment, { watch }), "stop")
    if (timed && (await context.state()).status !== "closed") await giveVerdict(context, timed)
    else await finish(context, "passed", "Watched until the release was closed")
  } catch (error) {
    if (!(error instanceof RunStopped) || error.reason !== "abort") throw error
    await finish(context, "aborted", "Watching was stopped by a person")
  } finally {
    await sampler.stop()
  }
}

async function watchUntilClosed(context: RunContext): Promise<StepOutcome> {
  for (;;) {
    context.control.signal.throwIfAborted()
    const { status } = await context.state()
    if (status === "closed") return { status: "passed", summary: "The release was closed", blocks: [], kind: "watch" }
    await context.control.news(LOOK_MS)
  }
}

/** Its end is an instant on record, which a worker that comes later finds there. */
async function watchForAWhile(context: RunContext): Promise<StepOutcome> {
  for (;;) {
    context.control.signal.throwIfAborted()
    const { status, rollback } = await context.state()
    const leftMs = Date.parse(rollback?.watch?.endsAt ?? "") - context.clock.nowMs()
    if (status === "closed" || !(leftMs > 0)) {
      return { status: "passed", summary: "The time is over", blocks: [], kind: "watch" }
    }
    await context.control.news(Math.min(LOOK_MS, leftMs))
  }
}

async function giveVerdict(context: RunContext, { rules, minSamples }: WatchWork): Promise<void> {
  const { rollback } = await context.state()
  if (!rollback?.watch || !rollback.verifiedAt) return finish(context, "passed", "There is no rollback to watch over")
  const { verdict, reasons } = verdictOfWatch(rules, await readRunSamples(context.run.id), {
    fromMs: Date.parse(rollback.verifiedAt),
    toMs: Date.parse(rollback.watch.endsAt),
    minSamples,
  })
  await context.commit(({ state }) =>
    decideRollbackWatched(state, { runId: context.run.id, verdict, reasons }, context.actor),
  )
}

async function finish(context: RunContext, status: "passed" | "aborted", outcome: string): Promise<void> {
  await context.commit(({ state }) =>
    decideRunFinished(state, { runId: context.run.id, status, outcome }, context.actor),
  )
}
