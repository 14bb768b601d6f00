import type { Sample } from "@/lib/domain/metric/rule"
import { ring } from "@/lib/server/events/doorbell"
import type { RunHolder } from "./lost-lease"
import { appendUnderLease } from "./write-under-lease"

/** Stores evaluations of metrics. Throws LostLease if this claim no longer holds the run. */
export async function appendSamples(holder: RunHolder, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return
  const releaseId = await appendUnderLease(holder, async (tx, id) => {
    await tx.metricSample.createMany({
      data: samples.map((sample) => ({
        releaseId: id,
        runId: holder.runId,
        metric: sample.metric,
        at: new Date(sample.atMs),
        status: sample.status,
        // A value that is no number (a source that divided by nothing) is kept as no value.
        value: sample.value !== null && Number.isFinite(sample.value) ? sample.value : null,
        count: sample.count,
        words: sample.words?.slice(0, 500) ?? null,
      })),
    })
  })
  ring(`release:${releaseId}`)
}
