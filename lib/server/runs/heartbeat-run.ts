import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { Prisma } from "@/prisma/generated/client/client"
import { LostLease, type RunHolder } from "./lost-lease"

/** Moves the lease on. Throws LostLease if the run was claimed by another worker or has ended. */
export async function heartbeatRun({ runId, fence }: RunHolder): Promise<void> {
  const updated = await prisma.$executeRaw(Prisma.sql`
    UPDATE "Run" SET "leaseUntil" = ${nowSql()} + make_interval(secs => ${env().RUN_LEASE_MS / 1000}::double precision)
    WHERE id = ${runId}::uuid AND fence = ${fence} AND status = 'running'`)
  if (updated === 0) throw new LostLease(runId)
}
