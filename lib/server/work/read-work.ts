import type { z } from "zod"
import type { workSchema } from "@/lib/contracts/api/responses"
import { clearsGate, itemStatus } from "@/lib/domain/checklist/item-status"
import type { ItemState } from "@/lib/domain/release/state"
import type { Context } from "@/lib/server/access/context"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { assignedFollowups } from "./assigned-followups"
import { awaitedRounds } from "./awaited-rounds"
import { awaitedSignatures } from "./awaited-signatures"
import { readableServices } from "./readable-services"

const MOST_ASSIGNED = 1_000
const MOST_MENTIONS = 50

export type Work = z.output<typeof workSchema>

/**
 * What is asked of the caller, over all releases that they may see: their items in releases that are not closed (what is
 * still to do first, by when it is due), the signatures that are awaited of them, what is left in rounds that they watch,
 * follow-ups that are theirs, and the newest comments that call them.
 */
export async function readWork(ctx: Context): Promise<Result<Work>> {
  const found = await readableServices(ctx, "release.read")
  if (!found.ok) return found
  const { services, access } = found.value
  const inServices = services ? Prisma.sql`r."serviceId" = ANY(${services}::uuid[])` : Prisma.sql`TRUE`
  const [assigned, mentions, signatures, rounds, followups] = await Promise.all([
    prisma.$queryRaw<AssignedRow[]>(assignedSql(access.person.id, inServices)),
    prisma.$queryRaw<MentionRow[]>(mentionsSql(access.person.id, inServices)),
    awaitedSignatures(access.person, ctx.tokenScopes === null),
    awaitedRounds(access.person.id, inServices),
    assignedFollowups(access.person.id, inServices),
  ])
  return done({
    assigned: assigned.map(assignedEntry).sort(byUrgency),
    signatures,
    rounds,
    followups,
    mentions: mentions.map((row) => ({ ...row, at: row.at.toISOString() })),
  })
}

interface AssignedRow {
  releaseId: string
  releaseName: string
  itemKey: string
  title: string
  state: ItemState
  validUntil: string | null
  dueAt: string | null
  now: Date
}

function assignedSql(personId: string, inServices: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id AS "releaseId", r.name AS "releaseName", i.key AS "itemKey", i.value->>'title' AS title,
      i.value->>'state' AS state, i.value->>'validUntil' AS "validUntil", i.value->>'dueAt' AS "dueAt",
      ${nowSql()}::timestamptz(3) AS now
    FROM "Release" r, LATERAL jsonb_each(r.state->'items') i
    WHERE r.status <> 'closed' AND ${inServices} AND i.value->'assignee'->>'id' = ${personId}
    ORDER BY i.value->>'dueAt' NULLS LAST, r."createdAt" DESC LIMIT ${MOST_ASSIGNED}`
}

function assignedEntry(row: AssignedRow): Work["assigned"][number] {
  const { releaseId, releaseName, itemKey, title, dueAt, now } = row
  return { releaseId, releaseName, itemKey, title, dueAt, status: itemStatus(row, now.getTime()) }
}

/** What is done asks for nothing any more; before that, what is due first (and so overdue before all). */
function byUrgency(a: Work["assigned"][number], b: Work["assigned"][number]): number {
  const done = Number(clearsGate(a.status)) - Number(clearsGate(b.status))
  if (done !== 0) return done
  return due(a) - due(b)
}

// Not infinity: two of those have no difference.
const due = ({ dueAt }: { dueAt: string | null }) => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt))

type MentionRow = Omit<Work["mentions"][number], "at"> & { at: Date }

/** The titles are looked up for those few that are shown. The condition on type and `mentions` is the one that the index has. */
export function mentionsSql(personId: string, inServices: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT m."releaseId", m."releaseName", m.data->>'itemKey' AS "itemKey",
      COALESCE(r.state->'items'->(m.data->>'itemKey')->>'title', m.data->>'itemKey') AS title,
      m.data->>'commentId' AS "commentId", m.actor->>'name' AS "by", m.at, m.data->>'text' AS text
    FROM (
      SELECT e."releaseId", r.name AS "releaseName", e.data, e.actor, e.at
      FROM "Event" e JOIN "Release" r ON r.id = e."releaseId"
      WHERE e.type = 'checklist.comment_added'
        AND e.data->'mentions' @> ${JSON.stringify([{ id: personId }])}::jsonb AND ${inServices}
      ORDER BY e.at DESC, e.seq DESC LIMIT ${MOST_MENTIONS}
    ) m JOIN "Release" r ON r.id = m."releaseId"
    ORDER BY m.at DESC`
}
