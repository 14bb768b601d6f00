import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { Freeze } from "@/lib/domain/window/freeze"
import type { DeploymentWindow } from "@/lib/domain/window/window"
import { nowSql } from "@/lib/server/clock"
import type { Db } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface EnvironmentRow {
  id: string
  key: string
  name: string
  serviceId: string
  serviceKey: string
  config: unknown
  activeReleaseId: string | null
  activeReleaseName: string | null
  activeRunId: string | null
  activeSince: Date | null
  lockedAt: Date | null
  lockReason: string | null
  lockedByName: string | null
  lockedByReleaseId: string | null
  windows: unknown
  freezes: unknown
}

/**
 * The freezes that may hold for an environment `e`, as JSON: not ended, and not single ones that lie behind. One that is
 * over by a few days may be among them; none is left out that is in force.
 */
export function freezesSql(): Prisma.Sql {
  const lately = Prisma.sql`(${nowSql()}::timestamptz AT TIME ZONE 'UTC' - interval '3 days')`
  return Prisma.sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'reason', f.reason, 'by', f."authorName",
      'rule', f.rule, 'changedAt', f."updatedAt") ORDER BY f."createdAt", f.id), '[]'::jsonb)
    FROM "Freeze" f
    WHERE f."endedAt" IS NULL AND (f."serviceId" IS NULL OR f."serviceId" = e."serviceId")
      AND (f."environmentId" IS NULL OR f."environmentId" = e.id)
      AND CASE f.rule->>'kind'
        WHEN 'once' THEN (f.rule->>'end')::timestamp > ${lately}
        WHEN 'dates' THEN (SELECT max(d) FROM jsonb_array_elements_text(f.rule->'dates') d)::timestamp > ${lately}
        ELSE true END)`
}

export async function readEnvironmentFacts(db: Db, environmentId: string): Promise<EnvironmentRow> {
  const [row] = await db.$queryRaw<EnvironmentRow[]>(Prisma.sql`
    SELECT e.id, e.key, e.name, e."serviceId", s.key AS "serviceKey", e.config, e."activeReleaseId",
      r.name AS "activeReleaseName", e."activeRunId", e."activeSince", e."lockedAt", e."lockReason", e."lockedByName",
      e."lockedByReleaseId", e.windows, ${freezesSql()} AS freezes
    FROM "Environment" e JOIN "Service" s ON s.id = e."serviceId" LEFT JOIN "Release" r ON r.id = e."activeReleaseId"
    WHERE e.id = ${environmentId}::uuid`)
  if (!row) throw new Error(`there is no environment ${environmentId}`)
  return row
}

export function environmentFactsOf(row: EnvironmentRow): EnvironmentFacts {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    lock: row.lockedAt
      ? {
          reason: row.lockReason ?? "",
          byName: row.lockedByName ?? "",
          at: row.lockedAt.toISOString(),
          releaseId: row.lockedByReleaseId,
        }
      : null,
    active:
      row.activeRunId && row.activeReleaseId
        ? {
            releaseId: row.activeReleaseId,
            releaseName: row.activeReleaseName ?? "",
            runId: row.activeRunId,
            since: (row.activeSince ?? new Date(0)).toISOString(),
          }
        : null,
    // Written by verbs that parse them; a fact that cannot be read must not keep anyone from rolling back.
    windows: row.windows as DeploymentWindow[] | null,
    freezes: (row.freezes as Freeze[]).map((freeze) => ({
      ...freeze,
      changedAt: new Date(freeze.changedAt).toISOString(),
    })),
  }
}
