import type { LogLine, SampleLine } from "@/lib/contracts/stream"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { request } from "./api"

const LOG_PAGE = 2_000
const SAMPLE_PAGE = 5_000
const EVENT_PAGE = 500

/** All lines of one step, page by page, given to `take` as they come. */
export async function readLogHistory(
  releaseId: string,
  step: { runId: string; stepKey: string },
  take: (lines: LogLine[]) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let after = "0"; ; ) {
    const query = new URLSearchParams({ ...step, format: "json", after, limit: String(LOG_PAGE) })
    const { lines } = await request<{ lines: LogLine[] }>(
      "GET",
      `/releases/${releaseId}/logs?${query}`,
      undefined,
      signal,
    )
    take(lines)
    const last = lines.at(-1)
    if (!last || lines.length < LOG_PAGE) return
    after = last.id
  }
}

/** All samples of a release so far, page by page. */
export async function readSampleHistory(
  releaseId: string,
  take: (samples: SampleLine[]) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let after = "0"; ; ) {
    const query = new URLSearchParams({ after, limit: String(SAMPLE_PAGE) })
    const { samples } = await request<{ samples: SampleLine[] }>(
      "GET",
      `/releases/${releaseId}/samples?${query}`,
      undefined,
      signal,
    )
    take(samples)
    const last = samples.at(-1)
    if (!last || samples.length < SAMPLE_PAGE) return
    after = last.id
  }
}

/** The page of events that ends just before `beforeSeq`: numbers have no gaps, so the page is known by counting. */
export async function readOlderEvents(releaseId: string, beforeSeq: number): Promise<AnyTimelineEvent[]> {
  const after = Math.max(0, beforeSeq - 1 - EVENT_PAGE)
  const limit = beforeSeq - 1 - after
  if (limit <= 0) return []
  const { events } = await request<{ events: AnyTimelineEvent[] }>(
    "GET",
    `/releases/${releaseId}/events?after=${after}&limit=${limit}`,
  )
  return events
}
