import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
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
}

export async function readEnvironmentFacts(db: Db, environmentId: string): Promise<EnvironmentRow> {
  const [row] = await db.$queryRaw<EnvironmentRow[]>(Prisma.sql`
    SELECT e.id, e.key, e.name, e."serviceId", s.key AS "serviceKey", e.config, e."activeReleaseId",
      r.name AS "activeReleaseName", e."activeRunId", e."activeSince", e."lockedAt", e."lockReason", e."lockedByName",
      e."lockedByReleaseId"
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
  }
}
