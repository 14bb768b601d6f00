import type { RunKind } from "@/lib/domain/release/state"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { Prisma } from "@/prisma/generated/client/client"

export interface ClaimedRun {
  id: string
  releaseId: string
  kind: RunKind
  input: unknown
  fence: number
  notBefore: Date | null
}

/**
 * Takes a run that is queued and due, or whose holder let its lease pass. Null: there is nothing to take (another worker
 * has it, it has ended, it is not yet due). The fence is this claim's number; every write under it names it.
 */
export async function claimRun(input: { runId: string; workerId: string }): Promise<ClaimedRun | null> {
  const rows = await prisma.$queryRaw<ClaimedRun[]>(Prisma.sql`
    UPDATE "Run" SET status = 'running', fence = fence + 1, "workerId" = ${input.workerId},
      "leaseUntil" = ${nowSql()} + make_interval(secs => ${env().RUN_LEASE_MS / 1000}::double precision)
    WHERE id = ${input.runId}::uuid
      AND ((status = 'queued' AND ("notBefore" IS NULL OR "notBefore" <= ${nowSql()}))
        OR (status = 'running' AND "leaseUntil" < ${nowSql()}))
    RETURNING id, "releaseId", kind, input, fence, "notBefore"`)
  return rows[0] ?? null
}
