import type { Span } from "@/lib/domain/insights/delivery-figures"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface CheckCounts {
  serviceId: string
  itemKey: string
  /** Of the span itself, not of the one before. */
  recent: boolean
  runs: number
  failures: number
  flips: number
  medianMs: number | null
  p90Ms: number | null
}

/**
 * Results of checks, by item. A flip is a result that is not that of the run before, within one release: that is of one
 * commit. It counts where the later of the two stands.
 */
export function readChecks(serviceIds: readonly string[], before: Span, span: Span): Promise<CheckCounts[]> {
  return prisma.$queryRaw<CheckCounts[]>(Prisma.sql`
    WITH results AS (
      SELECT r."serviceId", e."releaseId", e.data->>'itemKey' AS "itemKey", e.at, e.type = 'checklist.item_failed' AS failed,
        lag(e.type) OVER (PARTITION BY e."releaseId", e.data->>'itemKey' ORDER BY e.seq) <> e.type AS flipped,
        extract(epoch FROM e.at - n."createdAt") * 1000 AS "tookMs"
      FROM "Event" e JOIN "Release" r ON r.id = e."releaseId"
      LEFT JOIN "Run" n ON n.id = (e.actor->>'runId')::uuid
      WHERE e.type IN ('checklist.item_passed', 'checklist.item_failed') AND e.actor->>'type' = 'worker'
        AND e.at >= ${new Date(before.fromMs)} AND e.at < ${new Date(span.toMs)}
        AND r."serviceId" = ANY(${[...serviceIds]}::uuid[])
    )
    SELECT "serviceId", "itemKey", at >= ${new Date(span.fromMs)} AS recent, count(*)::int AS runs,
      count(*) FILTER (WHERE failed)::int AS failures, count(*) FILTER (WHERE flipped)::int AS flips,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY "tookMs")::double precision AS "medianMs",
      percentile_cont(0.9) WITHIN GROUP (ORDER BY "tookMs")::double precision AS "p90Ms"
    FROM results GROUP BY 1, 2, 3`)
}
