import { nowSql } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** Raw samples of a release that is closed for as long as this are rolled up. */
export const RAW_DAYS = 7
const SPAN_MS = 60_000

export interface RolledUp {
  releaseId: string
  samples: number
  spans: number
}

/**
 * Rolls up the samples of one closed release: a row a minute and metric takes the place of all of its raw samples, in one
 * transaction, so that every reader sees the one or the other. Null: there is none whose time has come.
 */
export function rollUpNext(rawDays = RAW_DAYS): Promise<RolledUp | null> {
  return transaction(async (tx) => {
    const [release] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT r.id FROM "Release" r
      WHERE r.status = 'closed' AND r."updatedAt" < ${nowSql()} - make_interval(days => ${rawDays}::int)
        AND EXISTS (SELECT 1 FROM "MetricSample" s WHERE s."releaseId" = r.id)
      ORDER BY r."updatedAt" LIMIT 1 FOR UPDATE OF r SKIP LOCKED`)
    if (!release) return null
    const spans = await tx.$executeRaw(Prisma.sql`
      INSERT INTO "MetricRollup"
        ("releaseId", "runId", metric, at, "spanMs", good, errors, "noData", min, max, avg, count)
      SELECT "releaseId", "runId", metric, to_timestamp((floor(extract(epoch FROM at) * 1000 / ${SPAN_MS}) + 1) * ${SPAN_MS} / 1000),
        ${SPAN_MS}, count(*) FILTER (WHERE status = 'good'), count(*) FILTER (WHERE status = 'error'),
        count(*) FILTER (WHERE status = 'no_data'), min(value), max(value), avg(value), sum(count)
      FROM "MetricSample" WHERE "releaseId" = ${release.id}::uuid
      GROUP BY 1, 2, 3, 4 ORDER BY 4, 3`)
    const samples = await tx.$executeRaw(Prisma.sql`
      DELETE FROM "MetricSample" WHERE "releaseId" = ${release.id}::uuid`)
    return { releaseId: release.id, samples, spans }
  })
}
