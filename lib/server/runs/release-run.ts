import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { enqueueRun } from "@/lib/server/queue/enqueue-run"
import { Prisma } from "@/prisma/generated/client/client"
import type { RunHolder } from "./lost-lease"

/**
 * Lets go of a run at a safe point so that another worker takes it at once instead of after the lease: a worker that was
 * told to stop hands over. `notBefore`: the time to wait before it goes on (a back-off).
 */
export async function releaseRun({ runId, fence }: RunHolder, notBefore: Date | null = null): Promise<boolean> {
  const rows = await prisma.$queryRaw<{ now: Date }[]>(Prisma.sql`
    UPDATE "Run" SET status = 'queued', "workerId" = NULL, "leaseUntil" = NULL, "notBefore" = ${notBefore}
    WHERE id = ${runId}::uuid AND fence = ${fence} AND status = 'running'
    RETURNING ${nowSql()}::timestamptz(3) AS now`)
  const [row] = rows
  if (!row) return false
  await enqueueRun({ id: runId, fence, notBefore }, row.now)
  return true
}
