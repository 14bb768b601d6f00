import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { enqueueAgain, type OwedRun } from "./enqueue-run"

const BATCH = 200

/** Runs that a worker could take now: queued and due, or held by a worker whose lease has passed. Oldest first. */
export function findOwedRuns(): Promise<(OwedRun & { now: Date })[]> {
  return prisma.$queryRaw(Prisma.sql`
    SELECT id, fence, "notBefore", ${nowSql()}::timestamptz(3) AS now FROM "Run"
    WHERE (status = 'queued' AND ("notBefore" IS NULL OR "notBefore" <= ${nowSql()}))
       OR (status = 'running' AND "leaseUntil" < ${nowSql()})
    ORDER BY "createdAt" LIMIT ${BATCH}`)
}

/**
 * Tells the workers again of every run that is owed and answers how many there were. Losing the whole queue therefore
 * costs one interval of this. A run that is already queued keeps its one job, because the job's id names run and claim;
 * what is told once too often finds the run claimed.
 */
export async function reconcile(): Promise<number> {
  const owed = await findOwedRuns()
  for (const run of owed) await enqueueAgain(run, run.now)
  return owed.length
}
