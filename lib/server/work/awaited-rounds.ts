import type { z } from "zod"
import type { workSchema } from "@/lib/contracts/api/responses"
import type { ReleaseState } from "@/lib/domain/release/state"
import { waitingRounds, whoWatches } from "@/lib/domain/round/waiting-for"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { whoIsOnCall } from "@/lib/server/oncall/who-is-on-call"
import { Prisma } from "@/prisma/generated/client/client"

type Awaited = z.output<typeof workSchema>["rounds"][number]

interface Row extends Pick<ReleaseState, "rounds" | "startedBy"> {
  releaseId: string
  releaseName: string
  serviceId: string
  now: Date
}

/** What playbooks call whoever is called first. */
const ON_CALL = "on-call"
const MOST_RELEASES = 200

/** What is left to be looked at in the rounds that are open, where this person watches; what closes first comes first. */
export async function awaitedRounds(personId: string, inServices: Prisma.Sql): Promise<Awaited[]> {
  const rows = await prisma.$queryRaw<Row[]>(Prisma.sql`
    SELECT r.id AS "releaseId", r.name AS "releaseName", r."serviceId", r.state->'rounds' AS rounds,
      r.state->'startedBy' AS "startedBy", ${nowSql()}::timestamptz(3) AS now
    FROM "Release" r
    WHERE r.status IN ('deploying', 'verifying', 'watching') AND ${inServices}
      AND jsonb_typeof(r.state->'rounds') = 'object' AND jsonb_typeof(r.state->'rounds'->'ended') = 'null'
    ORDER BY r."createdAt" DESC LIMIT ${MOST_RELEASES}`)
  const waiting = rows.map((row) => ({ ...row, open: waitingRounds(row, row.now.getTime()) }))
  const mine: Awaited[] = []
  for (const { open, releaseId, releaseName, serviceId, now, ...row } of waiting.filter(
    ({ open }) => open.length > 0,
  )) {
    const onCall = row.rounds?.watcher ? [] : await whoIsOnCall(prisma, { serviceId, key: ON_CALL, at: now })
    if (!whoWatches(row, onCall).some(({ id }) => id === personId)) continue
    for (const { round, items } of open) {
      const { key: roundKey, closesAt } = round
      for (const { key: itemKey, title } of items) {
        mine.push({ releaseId, releaseName, roundKey, itemKey, title, closesAt })
      }
    }
  }
  return mine.sort((a, b) => Date.parse(a.closesAt) - Date.parse(b.closesAt))
}
