import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { type Db, prisma } from "@/lib/server/db"
import type { Event } from "@/prisma/generated/client/client"

/** Events after `after`, in order, at most `limit`. What the database holds was parsed before it was written. */
export async function listEvents(
  releaseId: string,
  { after, limit }: { after: number; limit: number },
  db: Db = prisma,
): Promise<AnyTimelineEvent[]> {
  const rows = await db.event.findMany({
    where: { releaseId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
  })
  return rows.map(eventOfRow)
}

export function eventOfRow(row: Event): AnyTimelineEvent {
  return { ...row, at: row.at.toISOString() } as unknown as AnyTimelineEvent
}
