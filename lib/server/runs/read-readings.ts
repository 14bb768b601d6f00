import type { Sample } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Db } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** Runs that watch what users get. Checks measure, too, but for themselves. */
const WATCHING = ["deploy", "verify", "watch"]

function watchingRuns({ runOrder, runs }: ReleaseState): string[] {
  return runOrder.filter((id) => WATCHING.includes(runs[id]?.kind ?? ""))
}

/** What a release's watches measured of some metrics (null: of all) in `(fromMs, toMs]`, oldest first. */
export async function readReadings(
  db: Db,
  state: ReleaseState,
  { metrics, fromMs, toMs }: { metrics: readonly string[] | null; fromMs: number; toMs: number },
): Promise<Sample[]> {
  const runIds = watchingRuns(state)
  if (runIds.length === 0 || metrics?.length === 0) return []
  const rows = await db.metricSample.findMany({
    where: {
      runId: { in: runIds },
      ...(metrics ? { metric: { in: [...metrics] } } : {}),
      at: { gt: new Date(fromMs), lte: new Date(toMs) },
    },
    orderBy: { at: "asc" },
  })
  return rows.map(({ metric, at, status, value, count, words }) => ({
    ...{ metric, atMs: at.getTime(), status: status as Sample["status"], value, count },
    ...(words === null ? {} : { words }),
  }))
}

/** One span of a longer time: the mean of its readings by the requests behind them, and how many there were. */
export interface ReadingSpan {
  /** Its place, from 0. */
  n: number
  readings: number
  mean: number
}

/**
 * The time from `fromMs` on in `spans` equal parts, of one metric (null: of any, to see whether there was any measuring).
 * Parts without a reading are left out. Rolled-up readings count with their means.
 */
export function readSpans(
  db: Db,
  releaseId: string,
  { metric, fromMs, spanMs, spans }: { metric: string | null; fromMs: number; spanMs: number; spans: number },
): Promise<ReadingSpan[]> {
  const from = new Date(fromMs)
  const to = new Date(fromMs + spans * spanMs)
  const which = (at: Prisma.Sql) => Prisma.sql`"releaseId" = ${releaseId}::uuid AND ${at} > ${from} AND ${at} <= ${to}
    ${metric === null ? Prisma.empty : Prisma.sql`AND metric = ${metric}`}`
  const at = Prisma.sql`at`
  return db.$queryRaw(Prisma.sql`
    SELECT ceil(extract(epoch FROM at - ${from}::timestamptz) * 1000 / ${spanMs}::float8)::int - 1 AS n,
      sum(readings)::int AS readings, sum(value * weight) / sum(weight) AS mean
    FROM (
      SELECT at, 1 AS readings, value, greatest(count, 1)::float8 AS weight FROM "MetricSample"
      WHERE ${which(at)} AND status = 'good' AND value IS NOT NULL
      UNION ALL
      SELECT at, good AS readings, avg AS value, greatest(count, good)::float8 AS weight FROM "MetricRollup"
      WHERE ${which(at)} AND good > 0 AND avg IS NOT NULL
    ) reading
    GROUP BY 1 ORDER BY 1`)
}
