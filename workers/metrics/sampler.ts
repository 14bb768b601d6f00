import type { MetricRule, Sample } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import { log } from "@/lib/server/log"
import { appendSamples } from "@/lib/server/runs/append-samples"
import { LostLease } from "@/lib/server/runs/lost-lease"
import { readRunSamples } from "@/lib/server/runs/read-samples"
import { scaleRule } from "@/lib/server/verification/scale-rule"
import type { RunContext } from "../runtime/run-context"
import type { RunEnvironment } from "../steps/run-environment"
import { reportBreaches } from "./report-breaches"
import { startSourceLoop } from "./source-loop"

export interface Sampler {
  stop(): Promise<void>
}

/**
 * Takes a sample each interval for as long as the run is held, stores it, and looks at every armed trigger. What earlier
 * runs of this release measured since the switch is read back, so that no trigger starts anew with a new worker.
 */
export async function startSampler(context: RunContext, environment: RunEnvironment): Promise<Sampler> {
  let state = await context.state()
  const history = await samplesSinceSwitch(state)
  const sources = await environment.createSources({
    maintenanceOn: () => state.maintenance.on,
    watched: () => ({
      version: state.version,
      sinceMs: state.switchedAt === null ? null : Date.parse(state.switchedAt),
    }),
  })
  let unstored: Sample[] = []
  let turn: Promise<void> = Promise.resolve()

  /** One evaluation after the other, whichever source it is from: triggers look at all of them. */
  function inTurn(taken: Sample[]): Promise<void> {
    turn = turn.catch(() => {}).then(() => evaluation(taken))
    return turn
  }

  async function evaluation(taken: Sample[]): Promise<void> {
    history.push(...taken)
    unstored.push(...taken)
    await store()
    state = await context.state()
    forgetOlderThan(history, context.clock.nowMs() - longestWindowMs(state, environment))
    await reportBreaches(context, environment, state, history)
  }

  /** What cannot be stored now is stored with what comes next: a gap in the data would be a gap in the verdict. */
  async function store(): Promise<void> {
    const batch = unstored
    await appendSamples(context.holder, batch)
    unstored = unstored.slice(batch.length)
  }

  function failed(error: unknown): void {
    if (error instanceof LostLease) context.control.stop("lost")
    else if (context.control.reason === null) log.warn({ err: error, runId: context.run.id }, "an interval was lost")
  }

  const loops = sources.map((source) =>
    startSourceLoop(source, { use: inTurn, failed, isOver: () => context.control.reason !== null }),
  )
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      await turn.catch(() => {})
    },
  }
}

async function samplesSinceSwitch(state: ReleaseState): Promise<Sample[]> {
  const sinceMs = state.switchedAt ? Date.parse(state.switchedAt) : 0
  const runs = state.runOrder.filter((id) => ["verify", "watch"].includes(state.runs[id]?.kind ?? ""))
  const samples = await Promise.all(runs.map((id) => readRunSamples(id, { sinceMs })))
  return samples.flat()
}

function longestWindowMs(state: ReleaseState, { config }: RunEnvironment): number {
  const rules = Object.values(state.triggers).flatMap(({ rule }) => (rule ? [rule] : []))
  // Much longer than any window: a breach is known by its beginning, and one that seemed to begin anew would count again.
  return Math.max(6 * 3_600_000, ...rules.map((rule: MetricRule) => scaleRule(rule, config).forMs * 2))
}

function forgetOlderThan(samples: Sample[], ms: number): void {
  const first = samples.findIndex(({ atMs }) => atMs >= ms)
  samples.splice(0, first === -1 ? samples.length : first)
}
