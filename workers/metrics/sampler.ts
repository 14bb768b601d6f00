import type { AlreadyRed } from "@/lib/domain/deployment/decide-deployment"
import { redBefore } from "@/lib/domain/metric/baseline"
import type { MetricRule, Sample } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { WatchedRelease } from "@/lib/metrics/contract"
import { log } from "@/lib/server/log"
import { appendSamples } from "@/lib/server/runs/append-samples"
import { LostLease } from "@/lib/server/runs/lost-lease"
import { readRunSamples } from "@/lib/server/runs/read-samples"
import { scaleRule } from "@/lib/server/verification/scale-rule"
import { watchRelease } from "../runtime/release-watch"
import type { RunContext } from "../runtime/run-context"
import type { RunEnvironment } from "../steps/run-environment"
import { mayBeInMaintenance } from "./maintenance-now"
import { reportBreaches } from "./report-breaches"
import { ThresholdReport } from "./report-thresholds"
import { startSourceLoop } from "./source-loop"

export interface Sampler {
  /** Triggers whose rules were red before this instant, by what was measured up to now. */
  redNow(): AlreadyRed[]
  stop(): Promise<void>
}

/**
 * Takes a sample each interval for as long as the run is held, stores it, and looks at every armed trigger and alert threshold. What earlier
 * runs of this release measured since the switch is read back, so that no trigger starts anew with a new worker.
 */
export async function startSampler(context: RunContext, environment: RunEnvironment): Promise<Sampler> {
  let state = await context.state()
  // Kept up to date between evaluations: whether maintenance is on is asked with every single request.
  const watch = watchRelease(context.run.releaseId, (now) => {
    if (now.lastSeq >= state.lastSeq) state = now
  })
  const history = await samplesSinceSwitch(state)
  const sources = await environment.createSources({
    maintenanceOn: () => mayBeInMaintenance(state),
    watched: () => watchedRelease(state),
  })
  const thresholds = new ThresholdReport(context, environment)
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
    await thresholds.look(state, history)
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
    redNow: () =>
      Object.values(state.triggers).flatMap(({ key, rule }) => {
        if (!rule) return []
        const words = redBefore(scaleRule(rule, environment.config), history, context.clock.nowMs())
        return words === null ? [] : [{ triggerKey: key, words }]
      }),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      await turn.catch(() => {})
      watch.close()
    },
  }
}

/** What is live: this release, or after a rollback what was there before. Null: before the switch nobody watches it. */
function watchedRelease({ rollback, version, switchedAt }: ReleaseState): WatchedRelease | null {
  if (rollback?.status === "done" && rollback.to) {
    return { version: rollback.to.version, sinceMs: rollback.verifiedAt ? Date.parse(rollback.verifiedAt) : null }
  }
  return switchedAt === null ? null : { version, sinceMs: Date.parse(switchedAt) }
}

async function samplesSinceSwitch(state: ReleaseState): Promise<Sample[]> {
  const sinceMs = state.switchedAt ? Date.parse(state.switchedAt) : 0
  const runs = state.runOrder.filter((id) => ["deploy", "verify", "watch"].includes(state.runs[id]?.kind ?? ""))
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
