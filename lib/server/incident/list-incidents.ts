import type { z } from "zod"
import { type IncidentEntry, incidentListQuery } from "@/lib/contracts/api/incidents"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { readableServices } from "@/lib/server/work/readable-services"
import { Prisma } from "@/prisma/generated/client/client"

const LIMIT = 50

/** Incidents of the releases that the caller may see, the newest first. */
export async function listIncidents(
  ctx: Context,
  query: Record<string, string> = {},
): Promise<Result<{ incidents: IncidentEntry[] }>> {
  const found = await readableServices(ctx, "release.read")
  if (!found.ok) return found
  const input = parseInput(incidentListQuery, query)
  if (!input.ok) return input
  const rows = await readRows(found.value.services, input.value)
  return done({
    incidents: rows.map(({ serviceKey, serviceName, environmentKey, environmentName, ...row }) => ({
      ...row,
      service: { key: serviceKey, name: serviceName },
      environment: { key: environmentKey, name: environmentName },
      startedAt: row.startedAt.toISOString(),
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
      nextDueAt: row.nextDueAt?.toISOString() ?? null,
    })),
  })
}

type Instants = "startedAt" | "acknowledgedAt" | "resolvedAt" | "nextDueAt"
type Row = Omit<IncidentEntry, "service" | "environment" | Instants> & {
  serviceKey: string
  serviceName: string
  environmentKey: string
  environmentName: string
  startedAt: Date
  acknowledgedAt: Date | null
  resolvedAt: Date | null
  nextDueAt: Date | null
}

function readRows(
  services: string[] | null,
  { service, status, before, limit = LIMIT }: z.output<typeof incidentListQuery>,
): Promise<Row[]> {
  const statuses = status === "unresolved" ? ["open", "acknowledged"] : [status]
  const wanted = [
    services ? Prisma.sql`i."serviceId" = ANY(${services}::uuid[])` : Prisma.sql`TRUE`,
    service ? Prisma.sql`i."serviceId" = (SELECT id FROM "Service" WHERE key = ${service})` : Prisma.sql`TRUE`,
    status ? Prisma.sql`i.status = ANY(${statuses})` : Prisma.sql`TRUE`,
    before ? Prisma.sql`i."startedAt" < ${new Date(before)}` : Prisma.sql`TRUE`,
  ]
  return prisma.$queryRaw<Row[]>(Prisma.sql`
    SELECT i.id, i."releaseId", r.name AS "releaseName", s.key AS "serviceKey", s.name AS "serviceName",
      e.key AS "environmentKey", e.name AS "environmentName", i.number, i.title, i.severity, i.status, i."startedAt",
      i."acknowledgedAt", i."resolvedAt", i."nextDueAt"
    FROM "Incident" i
    JOIN "Release" r ON r.id = i."releaseId"
    JOIN "Service" s ON s.id = i."serviceId"
    JOIN "Environment" e ON e.id = i."environmentId"
    WHERE ${Prisma.join(wanted, " AND ")}
    ORDER BY i."startedAt" DESC, i.id LIMIT ${limit}`)
}
