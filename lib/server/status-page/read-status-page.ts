import type { PublicStatus } from "@/lib/contracts/api/status-page"
import {
  HISTORY_DAYS,
  type KnownIncident,
  type KnownMaintenance,
  publicStatus,
} from "@/lib/domain/status-page/public-status"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { keptBriefly } from "./kept-briefly"

/** How old an answer may be; what stands before the console may keep it for as long again. */
const KEPT_MS = 5_000
const MOST_PAGES = 1_000
const MOST_INCIDENTS = 200
/** Maintenance belongs to what was last worked on: of a service's open releases, these are looked at. */
const LAST_RELEASES = 20

/** Names that are asked for without being there cost no question: which pages there are is known as a whole. */
const pages = keptBriefly({ forMs: KEPT_MS, atMost: 1 }, async (_all: "all") => {
  const rows = await prisma.service.findMany({ where: { statusPage: true }, select: { key: true } })
  return new Set(rows.map(({ key }) => key))
})
const statuses = keptBriefly({ forMs: KEPT_MS, atMost: MOST_PAGES }, readStatus)

/** How a service is, for everybody. One that is not switched on is as unknown as one that is not there. */
export async function readStatusPage(serviceKey: string): Promise<Result<PublicStatus>> {
  const status = (await pages.get("all")).has(serviceKey) ? await statuses.get(serviceKey) : null
  return status ? done(status) : refused("not_found", "There is no such page.")
}

/** A page was switched: in this process it shows at once, in others within seconds. */
export function forgetStatusPages(): void {
  pages.forget()
  statuses.forget()
}

interface Row {
  key: string
  name: string
  now: Date
  incidents: KnownIncident[]
  maintenance: KnownMaintenance[]
}

async function readStatus(serviceKey: string): Promise<PublicStatus | null> {
  const rows = await prisma.$queryRaw<Row[]>(Prisma.sql`
    SELECT s.key, s.name, ${nowSql()}::timestamptz(3) AS now,
      (SELECT coalesce(jsonb_agg(i.state), '[]') FROM (
        SELECT jsonb_build_object('status', i.status, 'resolvedAt', r.state #>> ARRAY['incidents', i.id::text, 'resolved', 'at'],
          'messages', coalesce(r.state #> ARRAY['incidents', i.id::text, 'messages'], '[]')) AS state
        FROM "Incident" i JOIN "Release" r ON r.id = i."releaseId"
        WHERE i."serviceId" = s.id
          AND (i.status <> 'resolved' OR i."resolvedAt" >= ${nowSql()} - make_interval(days => ${HISTORY_DAYS}::int))
        ORDER BY i."startedAt" DESC LIMIT ${MOST_INCIDENTS}) i) AS incidents,
      (SELECT coalesce(jsonb_agg(m.state), '[]') FROM (
        SELECT jsonb_build_object('environment', e.name, 'message', r.state #>> '{maintenance,message}',
          'since', r.state #>> '{maintenance,since}') AS state
        FROM (
          SELECT state, "environmentId" FROM "Release" WHERE "serviceId" = s.id AND status <> 'closed'
          ORDER BY "updatedAt" DESC LIMIT ${LAST_RELEASES}
        ) r JOIN "Environment" e ON e.id = r."environmentId"
        WHERE r.state #>> '{maintenance,on}' = 'true'
        ORDER BY e.name) m) AS maintenance
    FROM "Service" s WHERE s.key = ${serviceKey} AND s."statusPage"`)
  const row = rows[0]
  if (!row) return null
  const { key, name, incidents, maintenance } = row
  const asOf = row.now.toISOString()
  return { service: { key, name }, asOf, ...publicStatus({ incidents, maintenance }, asOf) }
}
