import { type Tx, transaction } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { LostLease, type RunHolder } from "./lost-lease"

/** Locks the run's row and throws LostLease unless this claim holds it: until the transaction ends nobody can claim it. */
export async function assertLease(tx: Tx, { runId, fence }: RunHolder): Promise<{ releaseId: string }> {
  const rows = await tx.$queryRaw<{ releaseId: string }[]>(Prisma.sql`
    SELECT "releaseId" FROM "Run" WHERE id = ${runId}::uuid AND fence = ${fence} AND status = 'running' FOR UPDATE`)
  if (!rows[0]) throw new LostLease(runId)
  return rows[0]
}

/**
 * Appends rows that live readers follow by id. An id is given out before its transaction commits, so two writers could
 * commit out of order and a reader's cursor would skip a row; the lock makes id order the order of commit.
 */
export function appendUnderLease(holder: RunHolder, append: (tx: Tx, releaseId: string) => Promise<void>) {
  return transaction(async (tx) => {
    const { releaseId } = await assertLease(tx, holder)
    await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`lines:${releaseId}`}, 0))`)
    await append(tx, releaseId)
    return releaseId
  })
}
