import type { z } from "zod"
import { historyQuery } from "@/lib/contracts/api/queries"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { eventOfRow } from "@/lib/server/events/list-events"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result, refused } from "@/lib/server/result"
import { type Event, Prisma } from "@/prisma/generated/client/client"

/** All that happened to an item, runs of its check included, the newest first. */
export async function readHistory(
  ctx: Context,
  releaseId: string,
  itemKey: string,
  query: Record<string, string>,
): Promise<Result<{ events: AnyTimelineEvent[]; more: boolean }>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(historyQuery, query)
  if (!input.ok) return input
  const rows = await prisma.$queryRaw<(Event | { seq: null })[]>(historySql(releaseId, itemKey, input.value))
  // Of an item to which nothing happened yet there is one row without an event.
  if (rows.length === 0) return refused("not_found", `There is no checklist item “${itemKey}”.`)
  const events = rows.filter((row) => row.seq !== null).map(eventOfRow)
  return done({ events: events.slice(0, input.value.limit), more: events.length > input.value.limit })
}

/** One more than asked for, to know whether there are more. The condition on `data` is the one that the index has. */
export function historySql(
  releaseId: string,
  itemKey: string,
  { before, limit }: z.output<typeof historyQuery>,
): Prisma.Sql {
  const older = before === undefined ? Prisma.sql`TRUE` : Prisma.sql`seq < ${before}`
  return Prisma.sql`
    SELECT e.* FROM "Release" r
    LEFT JOIN LATERAL (
      SELECT * FROM "Event"
      WHERE "releaseId" = r.id AND data ? 'itemKey' AND data->>'itemKey' = ${itemKey} AND ${older}
      ORDER BY seq DESC LIMIT ${limit + 1}
    ) e ON TRUE
    WHERE r.id = ${releaseId}::uuid AND r.state->'items' ? ${itemKey}
    ORDER BY e.seq DESC`
}
