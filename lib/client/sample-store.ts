import type { SampleLine } from "@/lib/contracts/stream"
import { ExternalStore } from "./external-store"
import { groupBy } from "./group-by"

const none: readonly SampleLine[] = []

/** Metric samples of the watch, by metric, oldest first, each once whether it came from history or from the stream. */
export class SampleStore extends ExternalStore {
  #byMetric = new Map<string, readonly SampleLine[]>()
  #seen = new Set<string>()

  add(samples: readonly SampleLine[]): void {
    const fresh = samples.filter((sample) => !this.#seen.has(sample.id))
    if (fresh.length === 0) return
    for (const sample of fresh) this.#seen.add(sample.id)
    for (const [metric, more] of groupBy(fresh, (sample) => sample.metric)) {
      const all = [...(this.#byMetric.get(metric) ?? none), ...more]
      this.#byMetric.set(metric, all.toSorted(byCommit))
    }
    this.changed()
  }

  of(metric: string): readonly SampleLine[] {
    return this.#byMetric.get(metric) ?? none
  }
}

/** Ids are numbers in text, longer ones larger. */
function byCommit(a: SampleLine, b: SampleLine): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
}
