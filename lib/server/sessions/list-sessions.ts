import type { SessionEntry } from "@/lib/contracts/api/people"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import { personAtTheKeyboard } from "./person-at-the-keyboard"
import type { SessionMethod } from "./session-length"

/** Where one is signed in now, the latest used first; the one that asks is marked. */
export async function listSessions(ctx: Context): Promise<Result<{ sessions: SessionEntry[] }>> {
  const asking = personAtTheKeyboard(ctx, "see sessions")
  if (!asking.ok) return asking
  const rows = await prisma.session.findMany({
    where: { userId: asking.person.id, endedAt: null, expiresAt: { gt: await databaseNow() } },
    orderBy: { lastSeenAt: "desc" },
    take: 200,
  })
  return done({
    sessions: rows.map((row) => ({
      id: row.id,
      method: row.method as SessionMethod,
      address: row.address,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      current: row.id === ctx.sessionId,
    })),
  })
}
