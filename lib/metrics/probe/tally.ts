import { build, type Histogram } from "hdr-histogram-js"

const MICROSECONDS = 1_000
const MOST_MICROSECONDS = 120 * 1_000 * MICROSECONDS

/** What came back in one interval. */
export class Tally {
  requests = 0
  errors = 0
  /** 503s that maintenance mode explains: counted apart, neither good nor bad. */
  maintenance = 0
  /** How long it was counted. */
  seconds = 0
  private readonly latencies: Histogram = emptyHistogram()

  /** `latencyMs` null: refused before it began, which says nothing about how fast answers are. */
  add(outcome: "good" | "error", latencyMs: number | null): void {
    this.requests += 1
    if (outcome === "error") this.errors += 1
    if (latencyMs !== null) {
      this.latencies.recordValue(Math.min(MOST_MICROSECONDS, Math.max(1, Math.round(latencyMs * MICROSECONDS))))
    }
  }

  static sum(tallies: readonly Tally[]): { requests: number; errors: number; seconds: number; p99Ms: number | null } {
    const all = emptyHistogram()
    for (const tally of tallies) all.add(tally.latencies)
    return {
      requests: tallies.reduce((sum, tally) => sum + tally.requests, 0),
      errors: tallies.reduce((sum, tally) => sum + tally.errors, 0),
      seconds: tallies.reduce((sum, tally) => sum + tally.seconds, 0),
      p99Ms: all.totalCount === 0 ? null : all.getValueAtPercentile(99) / MICROSECONDS,
    }
  }
}

function emptyHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: MOST_MICROSECONDS,
    numberOfSignificantValueDigits: 3,
  })
}
