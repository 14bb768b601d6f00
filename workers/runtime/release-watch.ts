import { setTimeout as delay } from "node:timers/promises"
import type { ReleaseState } from "@/lib/domain/release/state"
import { subscribe } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { readReleaseState } from "@/lib/server/runs/read-release-state"

type See = (state: ReleaseState) => void

/** Rings that come together are answered by one look. */
const TOGETHER_MS = 15
const watches = new Map<string, ReleaseWatch>()

/**
 * Calls `see` with the release as it is after each change of it. All runs of a release that this process holds share one
 * look: when many checks run side by side, each of their events would otherwise be read by every one of them.
 */
export function watchRelease(releaseId: string, see: See): { look(): Promise<void>; close(): void } {
  const watch = watches.get(releaseId) ?? new ReleaseWatch(releaseId)
  watches.set(releaseId, watch)
  watch.add(see)
  return {
    look: () => watch.look(),
    close: () => {
      watch.remove(see)
      if (watch.isEmpty()) watches.delete(releaseId)
    },
  }
}

class ReleaseWatch {
  private readonly watchers = new Set<See>()
  private unsubscribe: (() => void) | null = null
  private current: Promise<void> | null = null
  private next: Promise<void> | null = null

  constructor(private readonly releaseId: string) {}

  add(see: See): void {
    this.watchers.add(see)
    this.unsubscribe ??= subscribe(`release:${this.releaseId}`, () => void this.look(TOGETHER_MS))
  }

  remove(see: See): void {
    this.watchers.delete(see)
    if (!this.isEmpty()) return
    this.unsubscribe?.()
    this.unsubscribe = null
  }

  isEmpty(): boolean {
    return this.watchers.size === 0
  }

  /** Resolves after a look that began after this call. */
  look(afterMs = 0): Promise<void> {
    if (!this.current) return this.begin(afterMs)
    this.next ??= this.current.then(() => {
      this.next = null
      return this.begin(0)
    })
    return this.next
  }

  private begin(afterMs: number): Promise<void> {
    this.current = this.lookOnce(afterMs).finally(() => {
      this.current = null
    })
    return this.current
  }

  private async lookOnce(afterMs: number): Promise<void> {
    try {
      if (afterMs > 0) await delay(afterMs)
      if (this.isEmpty()) return
      const state = await readReleaseState(this.releaseId)
      for (const see of [...this.watchers]) see(state)
    } catch (error) {
      log.warn({ err: error, releaseId: this.releaseId }, "the release could not be looked at")
    }
  }
}
