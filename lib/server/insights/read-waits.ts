import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Span } from "@/lib/domain/insights/delivery-figures"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { epochMs } from "./read-delivered"

export interface Wait {
  serviceId: string
  role: SignoffRole
  atMs: number
  waitedMs: number
}

/**
 * How long each signature of a span was waited for: from when its release's checklist was complete, without a break until
 * then, else from when the release was made.
 */
export function readWaits(serviceIds: readonly string[], { fromMs, toMs }: Span): Promise<Wait[]> {
  return prisma.$queryRaw<Wait[]>(Prisma.sql`
    WITH signed AS (
      SELECT e."releaseId", e.seq, e.at, e.data->>'role' AS role, r."createdAt", r."serviceId"
      FROM "Event" e JOIN "Release" r ON r.id = e."releaseId"
      WHERE e.type = 'signoff.signed' AND e.at >= ${new Date(fromMs)} AND e.at < ${new Date(toMs)}
        AND r."serviceId" = ANY(${[...serviceIds]}::uuid[])
    ), asked AS (
      SELECT "releaseId", max(seq) AS "lastSeq" FROM signed GROUP BY 1
    ), wanted AS (
      SELECT c."releaseId", jsonb_array_length(c.data->'items') AS items
      FROM asked JOIN "Event" c ON c."releaseId" = asked."releaseId" AND c.seq = 1
    ), changes AS (
      SELECT e."releaseId", e.seq, e.at, e.data->>'itemKey' AS item,
        (e.type IN ('checklist.item_passed', 'checklist.item_waived', 'checklist.item_not_applicable'))::int AS clear
      FROM "Event" e JOIN asked ON asked."releaseId" = e."releaseId" AND e.seq <= asked."lastSeq"
      WHERE e.type IN ('checklist.item_passed', 'checklist.item_failed', 'checklist.item_reopened',
        'checklist.item_waived', 'checklist.item_not_applicable')
        AND e.at >= (SELECT min("createdAt") FROM signed) AND e.at < ${new Date(toMs)}
    ), steps AS (
      SELECT *, clear - coalesce(lag(clear) OVER (PARTITION BY "releaseId", item ORDER BY seq), 0) AS step FROM changes
    ), counted AS (
      SELECT s."releaseId", s.seq, s.at, sum(step) OVER (PARTITION BY s."releaseId" ORDER BY s.seq) AS clear
      FROM steps s WHERE step <> 0
    ), stretches AS (
      SELECT c."releaseId", c.seq, c.at, lead(c.seq) OVER (PARTITION BY c."releaseId" ORDER BY c.seq) AS until,
        c.clear = w.items AS complete
      FROM counted c JOIN wanted w ON w."releaseId" = c."releaseId"
    )
    SELECT s."serviceId", s.role, ${epochMs(Prisma.sql`s.at`)} AS "atMs",
      ${epochMs(Prisma.sql`s.at - coalesce(t.at, s."createdAt")`)} AS "waitedMs"
    FROM signed s LEFT JOIN stretches t ON t."releaseId" = s."releaseId" AND t.complete
      AND t.seq < s.seq AND (t.until IS NULL OR t.until > s.seq)`)
}
