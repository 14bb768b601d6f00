import type { ReleaseState } from "@/lib/domain/release/state"
import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { heartbeatRun } from "@/lib/server/runs/heartbeat-run"
import { LostLease, type RunHolder } from "@/lib/server/runs/lost-lease"
import { watchRelease } from "./release-watch"
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
  private watch: ReturnType<typeof watchRelease> | null = null

  constructor(
    private readonly holder: RunHolder,
    private readonly releaseId: string,
  ) {}

  /** Begins to keep the lease, after a first look: an abort may have been asked for before this claim. */
  async start(): Promise<void> {
    this.timers.add(setInterval(() => void this.beat(), this.leaseMs / 4))
    this.watch = watchRelease(this.releaseId, (state) => this.see(state))
    await this.watch.look()
  }

  close(): void {
    this.watch?.close()
    this.watch = null
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
    await this.watch?.look()
  }

  private see(state: ReleaseState): void {
    const run = state.runs[this.holder.runId]
    if (run?.abort) this.stop("abort")
    if (run && run.status !== "queued" && run.status !== "running") this.stop("lost")
    this.wake()
  }

  private wake(): void {
    for (const done of [...this.waiting]) done()
  }
}
