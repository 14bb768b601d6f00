import { setTimeout as delay } from "node:timers/promises"
import type { ReleaseState, RunState, StepState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { type Committed, type ReleaseDecision, withRelease } from "@/lib/server/commit/with-release"
import { isDatabaseAway } from "@/lib/server/http-api/database-away"
import type { ClaimedRun } from "@/lib/server/runs/claim-run"
import { LostLease, type RunHolder } from "@/lib/server/runs/lost-lease"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import type { ConsoleClock } from "./console-clock"
import { LogBatch } from "./log-batch"
import { RunControl } from "./run-control"
import { RunStopped } from "./run-stopped"

const RETRY_MS = 500

type Decide<R> = (hand: ReleaseInHand) => Promise<ReleaseDecision<R>> | ReleaseDecision<R>

/** One claim of one run: what every part of its work needs. */
export class RunContext {
  readonly holder: RunHolder
  readonly actor: Actor
  readonly control: RunControl
  readonly logs: LogBatch

  constructor(
    readonly run: ClaimedRun,
    readonly workerId: string,
    readonly clock: ConsoleClock,
  ) {
    this.holder = { runId: run.id, fence: run.fence }
    this.actor = { type: "worker", id: workerId, runId: run.id }
    this.control = new RunControl(this.holder, run.releaseId)
    this.logs = new LogBatch(this.holder, () => clock.now())
  }

  /** The release as it is now. Waits for a database that is away, as long as the run is held. */
  state(): Promise<ReleaseState> {
    return this.patiently(() => readReleaseState(this.run.releaseId))
  }

  /**
   * Commits under this claim. Waits for a database that is away: an attempt may then have been committed without an answer,
   * so `decide` must look at the state and answer with no events where it is so already.
   * Throws RunStopped("lost") where the run is no longer held.
   */
  commit<R = undefined>(decide: Decide<R>, options: { lockEnvironment?: boolean } = {}): Promise<Committed<R>> {
    return this.patiently(() => withRelease(this.run.releaseId, decide, { ...options, holder: this.holder }))
  }

  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      this.control.heldSignal.throwIfAborted()
      try {
        return await work()
      } catch (error) {
        if (error instanceof LostLease) {
          this.control.stop("lost")
          throw new RunStopped("lost")
        }
        if (!isDatabaseAway(error)) throw error
        await delay(RETRY_MS, undefined, { signal: this.control.heldSignal }).catch(() => undefined)
      }
    }
  }
}

export function runIn(state: ReleaseState, runId: string): RunState {
  const run = state.runs[runId]
  if (!run) throw new Error(`the release knows no run ${runId}`)
  return run
}

export function stepIn(state: ReleaseState, runId: string, stepKey: string): StepState {
  const step = runIn(state, runId).steps.find(({ key }) => key === stepKey)
  if (!step) throw new Error(`run ${runId} has no step "${stepKey}"`)
  return step
}
