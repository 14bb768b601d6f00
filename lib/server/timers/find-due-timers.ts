import type { TimerKind } from "@/lib/domain/release/decision"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface DueTimer {
  id: string
  releaseId: string
  kind: TimerKind
  subject: string
  data: unknown
  dueAt: Date
}

/** Timers whose time has come by the database's clock, the longest due first. */
export function findDueTimers(limit: number): Promise<DueTimer[]> {
  return prisma.$queryRaw(Prisma.sql`
    SELECT id, "releaseId", kind, subject, data, "dueAt" FROM "Timer"
    WHERE "firedAt" IS NULL AND "cancelledAt" IS NULL AND "dueAt" <= ${nowSql()}
    ORDER BY "dueAt" LIMIT ${limit}`)
}

/** Those that nobody has fired or cancelled since they were found: cheaper than to find out under the release's lock. */
export async function stillDue(timers: readonly DueTimer[]): Promise<DueTimer[]> {
  const rows = await prisma.timer.findMany({
    where: { id: { in: timers.map(({ id }) => id) }, firedAt: null, cancelledAt: null },
    select: { id: true },
  })
  const ids = new Set(rows.map(({ id }) => id))
  return timers.filter(({ id }) => ids.has(id))
}
