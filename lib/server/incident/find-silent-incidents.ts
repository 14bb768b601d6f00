import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface SilentIncident {
  id: string
  releaseId: string
  nextDueAt: Date
}

/** Unresolved incidents whose clock should have done something and has no timer that still could. The longest due first. */
export function findSilentIncidents({ graceMs, limit }: { graceMs: number; limit: number }): Promise<SilentIncident[]> {
  return prisma.$queryRaw(Prisma.sql`
    SELECT i.id, i."releaseId", i."nextDueAt" FROM "Incident" i
    WHERE i.status IN ('open', 'acknowledged')
      AND i."nextDueAt" < ${nowSql()} - make_interval(secs => ${graceMs / 1_000}::double precision)
      AND NOT EXISTS (
        SELECT 1 FROM "Timer" t
        WHERE t."releaseId" = i."releaseId" AND t.subject = 'incident:' || i.id
          AND t."firedAt" IS NULL AND t."cancelledAt" IS NULL AND t."dueAt" <= i."nextDueAt")
    ORDER BY i."nextDueAt" LIMIT ${limit}`)
}

/** Timers of incidents that are there and due, and do not come to fire: how many, and since when the first. */
export async function countStuckTimers({
  graceMs,
}: {
  graceMs: number
}): Promise<{ count: number; since: Date | null }> {
  const [row] = await prisma.$queryRaw<{ count: number; since: Date | null }[]>(Prisma.sql`
    SELECT count(*)::int AS count, min("dueAt") AS since FROM "Timer"
    WHERE "firedAt" IS NULL AND "cancelledAt" IS NULL AND kind LIKE 'incident\\_%'
      AND "dueAt" < ${nowSql()} - make_interval(secs => ${graceMs / 1_000}::double precision)`)
  return row ?? { count: 0, since: null }
}
