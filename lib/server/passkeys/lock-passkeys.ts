import type { Tx } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/**
 * One change of a person's passkeys at a time: names stay different, and of two removals at once one sees the other. The
 * lock is theirs alone, so that whatever refers to the person's row is not held up. Answers those that are not removed.
 */
export async function lockPasskeys(tx: Tx, personId: string) {
  await tx.$queryRaw(
    Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`passkeys:${personId}`}, 0))::text AS locked`,
  )
  return tx.passkey.findMany({ where: { userId: personId, removedAt: null }, orderBy: { createdAt: "asc" } })
}
