import type { MetricRule, Sample } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { MetricReader } from "@/lib/metrics/contract"
import { log } from "@/lib/server/log"
import { appendSamples } from "@/lib/server/runs/append-samples"
import { LostLease } from "@/lib/server/runs/lost-lease"
import { readRunSamples } from "@/lib/server/runs/read-samples"
import { scaleRule } from "@/lib/server/verification/scale-rule"
import type { RunContext } from "../runtime/run-context"
import type { RunEnvironment } from "../steps/run-environment"
import { reportBreaches } from "./report-breaches"

export interface Sampler {
  stop(): Promise<void>
}

/**
 * Takes a sample each interval for as long as the run is held, stores it, and looks at every armed trigger. What earlier
 * runs of this release measured since the switch is read back, so that no trigger starts anew with a new worker.
 */
export async function startSampler(context: RunContext, environment: RunEnvironment): Promise<Sampler> {
  const { probe } = environment.config
  let state = await context.state()
  const history = await samplesSinceSwitch(state)
  const reader = environment.createReader(() => state.maintenance.on)
  let unstored: Sample[] = []
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  let nextAtMs = performance.now() + probe.intervalMs

  async function interval(): Promise<void> {
    const taken = reader.take()
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

  function schedule(): void {
    if (stopped || context.control.reason !== null) return
    timer = setTimeout(
      () => {
        // The rate is that of the clock: what the work takes does not stretch it, what was missed is not made up for.
        while (nextAtMs <= performance.now()) nextAtMs += probe.intervalMs
        working = interval()
          .catch((error: unknown) => {
            if (error instanceof LostLease) return context.control.stop("lost")
            if (context.control.reason === null) log.warn({ err: error, runId: context.run.id }, "an interval was lost")
          })
          .finally(schedule)
      },
      Math.max(0, nextAtMs - performance.now()),
    )
  }

  reader.start()
  schedule()
  return { stop: () => stop(reader) }

  async function stop(it: MetricReader): Promise<void> {
    stopped = true
    clearTimeout(timer)
    await it.stop()
    await working
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
