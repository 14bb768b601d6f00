import type { ConnectionFindings } from "@/lib/contracts/connection"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { Prisma } from "@/prisma/generated/client/client"

export interface OwedConnectionTest {
  id: string
  environmentId: string
  environmentName: string
  config: unknown
  /** Names this claim: what another worker has taken since is not written by this one. */
  leaseUntil: Date
}

/** Takes the oldest test that nobody holds, for so long; null where there is none. Two workers never take the same. */
export async function claimConnectionTest(leaseMs: number): Promise<OwedConnectionTest | null> {
  const [row] = await prisma.$queryRaw<OwedConnectionTest[]>(Prisma.sql`
    UPDATE "ConnectionTest" t
    SET status = 'running', "leaseUntil" = ${nowSql()} + make_interval(secs => ${leaseMs / 1000}::double precision)
    FROM "Environment" e
    WHERE e.id = t."environmentId" AND t.id = (
      SELECT id FROM "ConnectionTest"
      WHERE status = 'queued' OR (status = 'running' AND "leaseUntil" < ${nowSql()})
      ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING t.id, t."environmentId", e.name AS "environmentName", t.config, t."leaseUntil"`)
  return row ?? null
}

/** Answers whether it was still this worker's to end. */
export async function finishConnectionTest(test: OwedConnectionTest, findings: ConnectionFindings): Promise<boolean> {
  const status = findings.parts.every(({ ok }) => ok) ? "passed" : "failed"
  const count = await prisma.$executeRaw(Prisma.sql`
    UPDATE "ConnectionTest"
    SET status = ${status}, findings = ${JSON.stringify(findings)}::jsonb, "finishedAt" = ${nowSql()}, "leaseUntil" = NULL
    WHERE id = ${test.id}::uuid AND status = 'running' AND "leaseUntil" = ${test.leaseUntil}::timestamptz(3)`)
  if (count > 0) ring(`environment:${test.environmentId}`)
  return count > 0
}
