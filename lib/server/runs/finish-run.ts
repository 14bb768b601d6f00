import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import type { RunHolder } from "./lost-lease"

/**
 * Ends the row of a run about which the timeline has nothing to say (its release was closed meanwhile, its input cannot be
 * read). A `run.finished` event ends the row in its own commit. Answers whether this claim still held it.
 */
export async function finishRun({ runId, fence }: RunHolder): Promise<boolean> {
  const updated = await prisma.$executeRaw(Prisma.sql`
    UPDATE "Run" SET status = 'finished', "finishedAt" = ${nowSql()}, "leaseUntil" = NULL
    WHERE id = ${runId}::uuid AND fence = ${fence} AND status = 'running'`)
  return updated > 0
}
