import type { z } from "zod"
import { releasesQuery } from "@/lib/contracts/api/queries"
import type { ReleaseListEntry } from "@/lib/contracts/api/snapshot"
import { mayPerform } from "@/lib/domain/access/policy"
import { authorise } from "@/lib/server/access/authorise"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"

interface Row {
  id: string
  serviceId: string
  name: string
  version: string
  status: ReleaseListEntry["status"]
  serviceKey: string
  serviceName: string
  environmentKey: string
  environmentName: string
  locked: boolean
  itemsTotal: number
  itemsDone: number
  signoffsTotal: number
  signoffsSigned: number
  createdAt: Date
  updatedAt: Date
}

/** Releases of the services that the caller may see, the newest first. */
export async function listReleases(
  ctx: Context,
  query: Record<string, string> = {},
): Promise<Result<{ releases: ReleaseListEntry[] }>> {
  const { person } = ctx
  if (!person) return refused("unauthenticated", "Sign in first.")
  const scopes = [null, ...new Set(person.grants.flatMap((grant) => grant.serviceId ?? []))]
  const readable = scopes.filter((serviceId) => mayPerform(rolesFor(person, serviceId), "release.read"))
  // Also says no to a token without the scope and to an account that was disabled.
  const access = await authorise(ctx, "release.read", readable[0] ?? null)
  if (!access.ok) return access
  const input = parseInput(releasesQuery, query)
  if (!input.ok) return input
  const services = readable.includes(null) ? null : readable.filter((id) => id !== null)
  const rows = await readRows(services, input.value)
  return done({ releases: rows.map(entryOfRow) })
}

function readRows(services: string[] | null, { limit, before }: z.output<typeof releasesQuery>): Promise<Row[]> {
  const inServices = services ? Prisma.sql`r."serviceId" = ANY(${services}::uuid[])` : Prisma.sql`TRUE`
  const older = before ? Prisma.sql`r."createdAt" < ${new Date(before)}` : Prisma.sql`TRUE`
  // Counted where the state is: it need not travel to be counted.
  return prisma.$queryRaw<Row[]>(Prisma.sql`
    SELECT r.id, r."serviceId", r.name, r.version, r.status, s.key AS "serviceKey", s.name AS "serviceName",
      e.key AS "environmentKey", e.name AS "environmentName", e."lockedAt" IS NOT NULL AS locked,
      i.total AS "itemsTotal", i.done AS "itemsDone", g.total AS "signoffsTotal", g.signed AS "signoffsSigned",
      r."createdAt", r."updatedAt"
    FROM "Release" r
    JOIN "Service" s ON s.id = r."serviceId"
    JOIN "Environment" e ON e.id = r."environmentId",
    LATERAL (
      SELECT count(*)::int AS total,
        count(*) FILTER (WHERE value->>'state' IN ('passed', 'waived', 'not_applicable'))::int AS done
      FROM jsonb_each(r.state->'items')
    ) i,
    LATERAL (
      SELECT count(*)::int AS total, count(*) FILTER (WHERE value->>'status' = 'signed')::int AS signed
      FROM jsonb_each(r.state->'signoffs')
    ) g
    WHERE ${inServices} AND ${older}
    ORDER BY r."createdAt" DESC LIMIT ${limit}`)
}

function entryOfRow(row: Row): ReleaseListEntry {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    status: row.status,
    service: { key: row.serviceKey, name: row.serviceName },
    environment: { key: row.environmentKey, name: row.environmentName, locked: row.locked },
    items: { total: row.itemsTotal, done: row.itemsDone },
    signoffs: { total: row.signoffsTotal, signed: row.signoffsSigned },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
