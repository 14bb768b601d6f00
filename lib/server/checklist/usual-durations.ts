import type { Tx } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** How many earlier releases are looked at. */
const LOOK_BACK = 3

/**
 * How long the checks of an environment's latest releases took, in milliseconds, by item key: the longest of each. Checks
 * that have not run yet are not in it.
 */
export async function usualDurations(tx: Tx, environmentId: string): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ itemKey: string; tookMs: number }[]>(Prisma.sql`
    SELECT run.value ->> 'itemKey' AS "itemKey",
      max(extract(epoch FROM (run.value ->> 'finishedAt')::timestamptz - (run.value ->> 'startedAt')::timestamptz)
        * 1000)::double precision AS "tookMs"
    FROM (
      SELECT state FROM "Release" WHERE "environmentId" = ${environmentId}::uuid
      ORDER BY "createdAt" DESC LIMIT ${LOOK_BACK}
    ) AS latest, jsonb_each(latest.state -> 'runs') AS run
    WHERE run.value ->> 'kind' = 'check' AND run.value ->> 'startedAt' IS NOT NULL
      AND run.value ->> 'finishedAt' IS NOT NULL
    GROUP BY 1`)
  return new Map(rows.map(({ itemKey, tookMs }) => [itemKey, tookMs]))
}
