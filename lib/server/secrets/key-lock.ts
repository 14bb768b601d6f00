import type { Tx } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

const LOCK = 7_135_542

/** Held while a secret is encrypted and stored: until the commit no rotation drops the key that it was given. */
export async function holdKeys(tx: Tx): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock_shared(${LOCK}::int, 1)::text`)
}

/** Held while keys are dropped: nobody is about to store what they have encrypted. */
export async function ownKeys(tx: Tx): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock(${LOCK}::int, 1)::text`)
}

/** False: another rotation is under way. Held until the transaction ends. */
export async function takeRotation(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>(
    Prisma.sql`SELECT pg_try_advisory_xact_lock(${LOCK}::int, 2) AS taken`,
  )
  return row?.taken ?? false
}
