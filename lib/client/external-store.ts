const FRAME_MS = 32

/** The smallest store that `useSyncExternalStore` can read: told at once after a pause, and at most once a frame. */
export class ExternalStore {
  #listeners = new Set<() => void>()
  #scheduled = false
  #toldAtMs = Number.NEGATIVE_INFINITY

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected changed(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    // Never within the caller's own turn: what comes in together is told together.
    setTimeout(
      () => {
        this.#scheduled = false
        this.#toldAtMs = performance.now()
        for (const listener of this.#listeners) listener()
      },
      Math.max(0, this.#toldAtMs + FRAME_MS - performance.now()),
    )
  }
}
