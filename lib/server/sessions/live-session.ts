import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** How exactly "last seen" is kept: a write for each request would cost more than it tells. */
const LAST_SEEN_STEP_S = 60

/** Whose session it is, while it is neither ended nor expired. Notes that it was used, at most once a minute. */
export async function liveSession(sid: string, { seen = true } = {}): Promise<{ userId: string } | null> {
  const [row] = await prisma.$queryRaw<{ userId: string; isStale: boolean }[]>(Prisma.sql`
    SELECT "userId", "lastSeenAt" < ${nowSql()} - make_interval(secs => ${LAST_SEEN_STEP_S}) AS "isStale"
    FROM "Session" WHERE id = ${sid}::uuid AND "endedAt" IS NULL AND "expiresAt" > ${nowSql()}`)
  if (row?.isStale && seen) {
    await prisma.$executeRaw(Prisma.sql`
      UPDATE "Session" SET "lastSeenAt" = ${nowSql()}
      WHERE id = ${sid}::uuid AND "lastSeenAt" < ${nowSql()} - make_interval(secs => ${LAST_SEEN_STEP_S})`)
  }
  return row ? { userId: row.userId } : null
}
