import type { z } from "zod"
import type { workSchema } from "@/lib/contracts/api/responses"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

type AssignedFollowup = z.output<typeof workSchema>["followups"][number]

const MOST = 500

/**
 * Follow-ups that were given to this person and are not done. Those after a rollback or an incident are done when the release
 * is over; the three days' list ends with it.
 */
export function assignedFollowups(personId: string, inServices: Prisma.Sql): Promise<AssignedFollowup[]> {
  return prisma.$queryRaw(Prisma.sql`
    SELECT r.id AS "releaseId", r.name AS "releaseName", f.key AS "followupKey", f.value->>'title' AS title,
      f.value->>'list' AS list, f.value->>'dueAt' AS "dueAt"
    FROM "Release" r, LATERAL jsonb_each(r.state->'followups') f
    WHERE r.state->'followups' <> '{}' AND ${inServices} AND f.value->'assignee'->>'id' = ${personId}
      AND jsonb_typeof(f.value->'done') = 'null'
      AND (f.value->>'list' <> 'after' OR r.status IN ('verifying', 'watching'))
    ORDER BY f.value->>'dueAt' NULLS LAST, r."createdAt" DESC LIMIT ${MOST}`)
}
