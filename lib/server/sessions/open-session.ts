import { randomUUID } from "node:crypto"
import { databaseNow } from "@/lib/server/clock"
import { type Db, prisma } from "@/lib/server/db"
import { SESSION_MAX_AGE_S, type SessionMethod } from "./session-length"

/** Puts a sign-in on record: the cookie names its id (`sid`) and the epoch it belongs to. Throws when there is no such person. */
export async function openSession(
  input: { userId: string; method: SessionMethod; address: string | null; userAgent: string | null },
  db: Db = prisma,
): Promise<{ sid: string; epoch: number }> {
  const { sessionEpoch } = await db.user.findUniqueOrThrow({
    where: { id: input.userId },
    select: { sessionEpoch: true },
  })
  const now = await databaseNow(db)
  const sid = randomUUID()
  await db.session.create({
    data: {
      id: sid,
      ...input,
      userAgent: input.userAgent?.slice(0, 400) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_MAX_AGE_S * 1_000),
    },
    select: { id: true },
  })
  return { sid, epoch: sessionEpoch }
}
