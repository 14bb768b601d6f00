import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface OwedMessage {
  id: string
  kind: string
  releaseId: string | null
  channelId: string | null
  payload: unknown
  /** This one included. */
  attempts: number
  createdAt: Date
  /** Names this claim: what another worker has taken since is not written by this one. */
  leaseUntil: Date
}

/** So many at once leave by one channel: one that hangs does not keep all hands busy. */
const SIDE_BY_SIDE = 2

/**
 * Takes the oldest message of these kinds that is due, for so long; null where there is none. In a lane nothing is taken
 * while something before it is still owed, and of a channel not more than a few at once.
 */
export async function claimMessage(kinds: readonly string[], leaseMs: number): Promise<OwedMessage | null> {
  const [row] = await prisma.$queryRaw<OwedMessage[]>(Prisma.sql`
    WITH busy AS (
      SELECT "channelId" FROM "Outbox"
      WHERE "deliveredAt" IS NULL AND "givenUpAt" IS NULL AND "leaseUntil" >= ${nowSql()} AND "channelId" IS NOT NULL
      GROUP BY "channelId" HAVING count(*) >= ${SIDE_BY_SIDE})
    UPDATE "Outbox" o
    SET attempts = o.attempts + 1, "leaseUntil" = ${nowSql()} + make_interval(secs => ${leaseMs / 1000}::double precision)
    WHERE o.id = (
      SELECT id FROM "Outbox" one
      WHERE "deliveredAt" IS NULL AND "givenUpAt" IS NULL AND kind IN (${Prisma.join([...kinds])})
        AND "nextTryAt" <= ${nowSql()} AND ("leaseUntil" IS NULL OR "leaseUntil" < ${nowSql()})
        AND ("channelId" IS NULL OR "channelId" NOT IN (SELECT "channelId" FROM busy))
        AND (lane IS NULL OR NOT EXISTS (
          SELECT 1 FROM "Outbox" earlier
          WHERE earlier.lane = one.lane AND earlier.seq < one.seq
            AND earlier."deliveredAt" IS NULL AND earlier."givenUpAt" IS NULL))
      ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING o.id, o.kind, o."releaseId", o."channelId", o.payload, o.attempts, o."createdAt", o."leaseUntil"`)
  return row ?? null
}
