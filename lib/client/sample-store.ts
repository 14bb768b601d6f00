import type { SampleLine } from "@/lib/contracts/stream"
import { mergeByCommit } from "./commit-order"
import { ExternalStore } from "./external-store"
import { groupBy } from "./group-by"

const none: readonly SampleLine[] = []

/** Metric samples of a release by metric, oldest first, each once whether it came from history or from the stream. */
export class SampleStore extends ExternalStore {
  #byMetric = new Map<string, readonly SampleLine[]>()

  add(samples: readonly SampleLine[]): void {
    for (const [metric, more] of groupBy(samples, (sample) => sample.metric)) {
      this.#byMetric.set(metric, mergeByCommit(this.#byMetric.get(metric) ?? none, more))
    }
    if (samples.length > 0) this.changed()
  }

  of(metric: string): readonly SampleLine[] {
    return this.#byMetric.get(metric) ?? none
  }
}
