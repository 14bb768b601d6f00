import type { SampleLine } from "@/lib/contracts/stream"
import type { Sample } from "@/lib/domain/metric/rule"
import { prisma } from "@/lib/server/db"
import type { MetricRollup, MetricSample } from "@/prisma/generated/client/client"

/** A run's samples as rules evaluate them, oldest first; `sinceMs` (epoch) leaves out what is older. */
export async function readRunSamples(runId: string, options: { sinceMs?: number } = {}): Promise<Sample[]> {
  const rows = await prisma.metricSample.findMany({
    where: { runId, ...(options.sinceMs === undefined ? {} : { at: { gte: new Date(options.sinceMs) } }) },
    orderBy: { id: "asc" },
  })
  return rows.map((row) => ({
    metric: row.metric,
    atMs: row.at.getTime(),
    status: row.status as Sample["status"],
    value: row.value,
    count: row.count,
    ...(row.words === null ? {} : { words: row.words }),
  }))
}

/** A release's samples after a cursor, for the stream and the API. Of an old release there are spans instead. */
export async function readSampleLines(
  where: { releaseId: string; runId?: string },
  { after, limit }: { after: bigint; limit: number },
): Promise<SampleLine[]> {
  const rows = await prisma.metricSample.findMany({
    where: { ...where, id: { gt: after } },
    orderBy: { id: "asc" },
    take: limit,
  })
  if (rows.length > 0) return rows.map(sampleLine)
  const spans = await prisma.metricRollup.findMany({
    where: { ...where, id: { gt: after } },
    orderBy: { id: "asc" },
    take: limit,
  })
  return spans.map(spanLine)
}

function spanLine(row: MetricRollup): SampleLine {
  const { id, runId, metric, at, good, errors, avg, min, max, count, spanMs } = row
  const status = good > 0 ? "good" : errors > 0 ? "error" : "no_data"
  const span = { ms: spanMs, min, max }
  return { id: String(id), runId, metric, at: at.toISOString(), status, value: avg, count, span }
}

function sampleLine(row: MetricSample): SampleLine {
  const { id, runId, metric, at, status, value, count, words } = row
  return {
    id: String(id),
    runId,
    metric,
    at: at.toISOString(),
    status: status as SampleLine["status"],
    value,
    count,
    words,
  }
}
