import type { LogLine, SampleLine } from "@/lib/contracts/stream"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { joinReleaseFeed } from "./release-feed"

export type TailFrame =
  | { type: "event"; event: AnyTimelineEvent }
  | { type: "log"; cursor: string; lines: LogLine[] }
  | { type: "sample"; cursor: string; samples: SampleLine[] }
  | { type: "environment"; environment: EnvironmentFacts }

export interface TailCursor {
  after: number
  log: bigint
  sample: bigint
}

/**
 * Everything about a release after a cursor, and then whatever comes, until the signal fires. Subscribes first and reads
 * second, so that nothing falls in between; events come in order of `seq` without a gap.
 */
export async function* tailRelease(
  releaseId: string,
  from: TailCursor,
  signal: AbortSignal,
): AsyncGenerator<TailFrame, void, undefined> {
  const cursor = { ...from }
  const feed = await joinReleaseFeed(releaseId)
  let shown = ""
  try {
    while (!signal.aborted) {
      // Taken before reading: what comes in while this reads is noticed by `changed`.
      const version = feed.version()
      const events = await feed.events.after(cursor.after)
      for (const event of events) {
        yield { type: "event", event }
        cursor.after = event.seq
      }
      const lines = await feed.logs.after(cursor.log)
      const lastLine = lines.at(-1)
      if (lastLine) {
        cursor.log = BigInt(lastLine.id)
        yield { type: "log", cursor: lastLine.id, lines }
      }
      const samples = await feed.samples.after(cursor.sample)
      const lastSample = samples.at(-1)
      if (lastSample) {
        cursor.sample = BigInt(lastSample.id)
        yield { type: "sample", cursor: lastSample.id, samples }
      }
      const environment = feed.environment()
      const text = JSON.stringify(environment)
      if (environment && text !== shown) {
        shown = text
        yield { type: "environment", environment }
      }
      if (events.length === 0 && lines.length === 0 && samples.length === 0) await feed.changed(version, signal)
    }
  } finally {
    feed.leave()
  }
}
