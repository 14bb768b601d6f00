import type { MetricName } from "@/lib/domain/metric/rule"
import type { MeasuredReading } from "@/lib/domain/report/report-model"
import { metricUnits } from "@/lib/playbook/sections/rule"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** What was measured of a release between two instants, both included; of old ones, what was kept of it. */
export async function readReadings(releaseId: string, span: { from: Date; to: Date }): Promise<MeasuredReading[]> {
  const within = Prisma.sql`"releaseId" = ${releaseId}::uuid AND at BETWEEN ${span.from} AND ${span.to}`
  const rows = await prisma.$queryRaw<Omit<MeasuredReading, "unit">[]>(Prisma.sql`
    SELECT metric, sum(good)::int AS good, sum(errors)::int AS errors, sum("noData")::int AS "noData",
      min(min) AS min, sum(avg * good) / nullif(sum(good) FILTER (WHERE avg IS NOT NULL), 0) AS avg, max(max) AS max
    FROM (
      SELECT metric, (status = 'good')::int AS good, (status = 'error')::int AS errors,
        (status = 'no_data')::int AS "noData", value AS min, value AS avg, value AS max
      FROM "MetricSample" WHERE ${within}
      UNION ALL
      SELECT metric, good, errors, "noData", min, avg, max FROM "MetricRollup" WHERE ${within}
    ) AS readings
    GROUP BY metric ORDER BY metric`)
  return rows.map((row) => ({ ...row, unit: metricUnits[row.metric as MetricName] ?? "" }))
}
