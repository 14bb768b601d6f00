/** The smallest store that `useSyncExternalStore` can read: told at most once a frame, whatever comes in. */
export class ExternalStore {
  #listeners = new Set<() => void>()
  #scheduled = false

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected changed(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setTimeout(() => {
      this.#scheduled = false
      for (const listener of this.#listeners) listener()
    }, 32)
  }
}
