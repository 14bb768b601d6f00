import type { Calendar } from "@/lib/contracts/api/calendar"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import type { CalendarRange } from "./read-planned"

type Deployed = Calendar["deployed"][number]

/** Deployments and rollbacks that were under way at some time in `[from, to)`. `end` is null while they are. */
export async function readDeployed(
  { environmentIds, from, to }: CalendarRange,
  now: Date,
): Promise<Calendar["deployed"]> {
  const rows = await prisma.$queryRaw<
    (Omit<Deployed, "start" | "end"> & { start: Date; end: Date | null })[]
  >(Prisma.sql`
    SELECT r.id AS "releaseId", n.id AS "runId", r.name, n.kind, n."createdAt" AS start, n."finishedAt" AS "end",
      coalesce(r.state->'runs'->(n.id::text)->>'status', n.status) AS status,
      jsonb_build_object('key', s.key, 'name', s.name) AS service,
      jsonb_build_object('key', e.key, 'name', e.name) AS environment
    FROM "Run" n JOIN "Release" r ON r.id = n."releaseId"
    JOIN "Service" s ON s.id = r."serviceId" JOIN "Environment" e ON e.id = r."environmentId"
    WHERE r."environmentId" = ANY(${environmentIds}::uuid[]) AND n.kind IN ('deploy', 'rollback')
      AND n."createdAt" < ${to} AND coalesce(n."finishedAt", ${now}) >= ${from}
    ORDER BY n."createdAt" LIMIT 1000`)
  return rows.map((row) => ({ ...row, start: row.start.toISOString(), end: row.end?.toISOString() ?? null }))
}
