import type { Calendar } from "@/lib/contracts/api/calendar"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface CalendarRange {
  environmentIds: string[]
  from: Date
  to: Date
}

/** Go-lives that were set for a time in `[from, to)` and not called off. */
export function readPlanned({ environmentIds, from, to }: CalendarRange): Promise<Calendar["planned"]> {
  return prisma.$queryRaw<Calendar["planned"]>(Prisma.sql`
    SELECT r.id AS "releaseId", r.name, r.state->'schedule'->>'startAt' AS "startAt",
      r.state->'schedule'->>'status' AS status,
      jsonb_build_object('key', s.key, 'name', s.name) AS service,
      jsonb_build_object('key', e.key, 'name', e.name) AS environment
    FROM "Release" r JOIN "Service" s ON s.id = r."serviceId" JOIN "Environment" e ON e.id = r."environmentId"
    WHERE r."environmentId" = ANY(${environmentIds}::uuid[]) AND r.status = 'preparing'
      AND r.state->'schedule'->>'status' = 'planned'
      AND (r.state->'schedule'->>'startAt')::timestamptz >= ${from}
      AND (r.state->'schedule'->>'startAt')::timestamptz < ${to}
    ORDER BY 3 LIMIT 500`)
}
