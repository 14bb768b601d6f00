import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface AttemptLimit {
  max: number
  windowMs: number
}

/** How often a person (or an address) may give a wrong password. */
export const WRONG_PASSWORDS: AttemptLimit = { max: 8, windowMs: 15 * 60_000 }

/**
 * Counts an attempt in a bucket that all processes share. Answers how long to wait, 0 when it may go on. The count is
 * raised before the attempt, so that many at once cannot slip through together.
 */
export async function takeAttempt(bucket: string, { max, windowMs }: AttemptLimit): Promise<{ retryAfterMs: number }> {
  const [row] = await prisma.$queryRaw<{ count: number; leftMs: number }[]>(Prisma.sql`
    INSERT INTO "RateLimit" AS r (bucket, count, "resetsAt")
    VALUES (${bucket}, 1, ${nowSql()} + make_interval(secs => ${windowMs / 1000}::double precision))
    ON CONFLICT (bucket) DO UPDATE SET
      count = CASE WHEN r."resetsAt" <= ${nowSql()} THEN 1 ELSE r.count + 1 END,
      "resetsAt" = CASE WHEN r."resetsAt" <= ${nowSql()} THEN EXCLUDED."resetsAt" ELSE r."resetsAt" END
    RETURNING count, (extract(epoch FROM "resetsAt" - ${nowSql()}) * 1000)::int AS "leftMs"`)
  return { retryAfterMs: row && row.count > max ? Math.max(1_000, row.leftMs) : 0 }
}

/** After a success: the bucket starts anew. */
export async function forgetAttempts(bucket: string): Promise<void> {
  await prisma.rateLimit.deleteMany({ where: { bucket } })
}
