import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { Prisma } from "@/prisma/generated/client/client"
import type { OwedMessage } from "./claim-message"
import { nextTryMs } from "./next-try"

/** It arrived. A worker that dies before this sends it again, with the same key. */
export async function markDelivered(message: OwedMessage): Promise<void> {
  await end(message, Prisma.sql`"deliveredAt" = ${nowSql()}, "lastError" = NULL`)
}

/** It did not: tried again later, or not at all where that is of no use or it has been tried for long enough. */
export async function markFailed(
  message: OwedMessage,
  error: string,
  { final, retryAfterMs = 0 }: { final: boolean; retryAfterMs?: number },
): Promise<void> {
  const waitMs = final ? null : nextTryMs(message.attempts, retryAfterMs)
  const said = error.slice(0, 1_000)
  await end(
    message,
    waitMs === null
      ? Prisma.sql`"givenUpAt" = ${nowSql()}, "lastError" = ${said}`
      : Prisma.sql`"lastError" = ${said},
          "nextTryAt" = ${nowSql()} + make_interval(secs => ${waitMs / 1000}::double precision)`,
  )
  if (waitMs !== null && retryAfterMs > 0 && message.channelId) await pauseChannel(message.channelId, waitMs)
}

/** The pause was asked of the console, not of one message: nothing leaves by this channel before it is over. */
async function pauseChannel(channelId: string, waitMs: number): Promise<void> {
  await prisma.$executeRaw(Prisma.sql`
    UPDATE "Outbox" SET "nextTryAt" = ${nowSql()} + make_interval(secs => ${waitMs / 1000}::double precision)
    WHERE "channelId" = ${channelId}::uuid AND "deliveredAt" IS NULL AND "givenUpAt" IS NULL
      AND "nextTryAt" < ${nowSql()} + make_interval(secs => ${waitMs / 1000}::double precision)`)
}

async function end(message: OwedMessage, change: Prisma.Sql): Promise<void> {
  await prisma.$executeRaw(Prisma.sql`
    UPDATE "Outbox" SET ${change}, "leaseUntil" = NULL
    WHERE id = ${message.id}::uuid AND "leaseUntil" = ${message.leaseUntil}::timestamptz(3)`)
  ring("outbox")
}
