import type { ReleaseState } from "@/lib/domain/release/state"
import { env } from "@/lib/server/env"
import { subscribe } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { heartbeatRun } from "@/lib/server/runs/heartbeat-run"
import { LostLease, type RunHolder } from "@/lib/server/runs/lost-lease"
import { RunStopped, type StopReason } from "./run-stopped"

/** How long a step that changes the world may go on when this process is told to end. */
const HAND_OVER_GRACE_MS = 4_000

/**
 * Keeps the lease of a run and hears what stops it. Three signals, from the gentlest: `signal` ends ordinary work,
 * `worldSignal` also work that changes the world (later, when handing over), `heldSignal` everything, cleaning up included.
 */
export class RunControl {
  private readonly ordinary = new AbortController()
  private readonly world = new AbortController()
  private readonly held = new AbortController()
  readonly signal = this.ordinary.signal
  readonly worldSignal = this.world.signal
  readonly heldSignal = this.held.signal
  reason: StopReason | null = null

  private readonly leaseMs = env().RUN_LEASE_MS
  private provedAtMs = performance.now()
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly waiting = new Set<() => void>()
  private unsubscribe = () => {}
  private looking = false
  private lookAgain = false

  constructor(
    private readonly holder: RunHolder,
    private readonly releaseId: string,
    private readonly readState: () => Promise<ReleaseState>,
  ) {}

  /** Begins to keep the lease, after a first look: an abort may have been asked for before this claim. */
  async start(): Promise<void> {
    this.timers.add(setInterval(() => void this.beat(), this.leaseMs / 4))
    this.unsubscribe = subscribe(`release:${this.releaseId}`, () => void this.look())
    await this.look()
  }

  close(): void {
    this.unsubscribe()
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
  }

  stop(reason: StopReason): void {
    if (this.reason === "lost" || (this.reason !== null && reason !== "lost")) return
    this.reason = reason
    const stopped = new RunStopped(reason)
    this.ordinary.abort(stopped)
    if (reason === "lost") this.held.abort(stopped)
    if (reason === "hand_over") {
      this.timers.add(setTimeout(() => this.world.abort(stopped), HAND_OVER_GRACE_MS))
    } else {
      this.world.abort(stopped)
    }
    this.wake()
  }

  /** Throws RunStopped unless the run is held at this moment: asked before the world is changed. */
  async assertHeld(): Promise<void> {
    await this.beat()
    this.heldSignal.throwIfAborted()
  }

  /** Resolves at the next news of the release, after `ms`, or when the run is stopped. */
  news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.waiting.add(done)
      if (this.reason) done()
    })
  }

  private async beat(): Promise<void> {
    try {
      const beganMs = performance.now()
      await heartbeatRun(this.holder)
      this.provedAtMs = beganMs
    } catch (error) {
      if (error instanceof LostLease) return this.stop("lost")
      log.warn({ err: error, runId: this.holder.runId }, "a heartbeat failed")
      // Past this another worker may have it: whether it does cannot be asked while the database is away.
      if (performance.now() - this.provedAtMs > this.leaseMs) return this.stop("lost")
    }
    await this.look()
  }

  /** One look at a time; a ring during a look is followed by another one. */
  private async look(): Promise<void> {
    if (this.looking) {
      this.lookAgain = true
      return
    }
    this.looking = true
    try {
      do {
        this.lookAgain = false
        const run = (await this.readState()).runs[this.holder.runId]
        if (run?.abort) this.stop("abort")
        if (run && run.status !== "queued" && run.status !== "running") this.stop("lost")
      } while (this.lookAgain)
    } catch (error) {
      log.warn({ err: error, runId: this.holder.runId }, "the release could not be looked at")
    } finally {
      this.looking = false
    }
    this.wake()
  }

  private wake(): void {
    for (const done of [...this.waiting]) done()
  }
}
