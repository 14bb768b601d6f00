import type { z } from "zod"
import { sinceQuery, type sinceSchema } from "@/lib/contracts/api/signoffs"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { changeForSigner, MATTERS_TO_SIGNERS } from "@/lib/domain/signoff/change-for-signer"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { eventOfRow } from "@/lib/server/events/list-events"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { noSuchRelease } from "@/lib/server/releases/find-release"
import { done, type Result } from "@/lib/server/result"
import { type Event, Prisma } from "@/prisma/generated/client/client"

export type Since = z.output<typeof sinceSchema>

/**
 * What matters to a signer and came since the caller last looked, the newest first: what others did to items, evidence,
 * waivers, comments and signatures. A check that was run again and found the same is no change.
 */
export async function readSince(ctx: Context, releaseId: string, query: unknown): Promise<Result<Since>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(sinceQuery, query)
  if (!input.ok) return input
  const personId = found.value.access.person.id
  const [release, visit] = await Promise.all([
    prisma.release.findUnique({ where: { id: releaseId }, select: { state: true, lastSeq: true } }),
    prisma.releaseVisit.findUnique({ where: { userId_releaseId: { userId: personId, releaseId } } }),
  ])
  if (!release) return noSuchRelease
  const { before, limit } = input.value
  const seenSeq = visit?.seenSeq ?? 0
  const rows = await changesAfter({ releaseId, personId, seenSeq, before: before ?? release.lastSeq + 1, limit })
  const state = release.state as unknown as ReleaseState
  return done({
    seenSeq,
    seenAt: visit?.at.toISOString() ?? null,
    lastSeq: release.lastSeq,
    total: rows[0]?.total ?? 0,
    changes: rows.slice(0, limit).map((row) => {
      const event = eventOfRow(row)
      return {
        seq: event.seq,
        at: event.at,
        ...changeForSigner(event, (key) => own(state.items, key)?.title ?? key, releaseId),
      }
    }),
    more: rows.length > limit,
  })
}

/** One more than asked for: it says whether there are more. `total` counts all, whatever the page. */
function changesAfter(page: { releaseId: string; personId: string; seenSeq: number; before: number; limit: number }) {
  const { releaseId, personId, seenSeq, before, limit } = page
  return prisma.$queryRaw<(Event & { total: number })[]>(Prisma.sql`
    WITH mattering AS (
      SELECT e.*, lag(e.type || coalesce(e.data->'evidence'->>'resultHash', '')) OVER same AS earlier
      FROM "Event" e WHERE e."releaseId" = ${releaseId}::uuid AND e.type = ANY(${[...MATTERS_TO_SIGNERS]}::text[])
      WINDOW same AS (PARTITION BY e.data->>'itemKey', e.type LIKE 'checklist.item%' ORDER BY e.seq)
    ), changes AS (
      SELECT * FROM mattering m WHERE m.seq > ${seenSeq}
        AND (m.actor->>'id') IS DISTINCT FROM ${personId}
        AND NOT (m.actor->>'type' = 'worker' AND m.data->'evidence'->>'resultHash' IS NOT NULL
          AND m.earlier IS NOT DISTINCT FROM m.type || (m.data->'evidence'->>'resultHash'))
    )
    SELECT c."releaseId", c.seq, c.id, c.type, c.actor, c.at, c.data, c."prevHash", c.hash,
      (SELECT count(*)::int FROM changes) AS total
    FROM changes c WHERE c.seq < ${before} ORDER BY c.seq DESC LIMIT ${limit + 1}`)
}
