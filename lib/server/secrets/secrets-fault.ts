import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { Prisma } from "@/prisma/generated/client/client"
import { findKey, keyRing } from "./key-ring"

/** Why not all secrets can be read, in words; null where they can. Asks for keys only, nothing is decrypted. */
export async function secretsFault(): Promise<string | null> {
  const needed = await prisma.$queryRaw<{ keyId: string; count: number }[]>(Prisma.sql`
    SELECT "keyId", count(*)::int AS count
    FROM (SELECT "keyId" FROM "Secret" UNION ALL SELECT "keyId" FROM "Channel" WHERE "keyId" IS NOT NULL) s
    GROUP BY "keyId" ORDER BY "keyId"`)
  try {
    // A key that cannot be used is a fault before there is a secret.
    const ring = needed.length > 0 || env().SECRETS_KEYS ? await keyRing() : null
    const missing = needed.filter(({ keyId }) => ring && !findKey(ring, keyId))
    if (missing.length === 0) return null
    const words = missing.map(({ keyId, count }) => `${keyId} (${count} secrets)`)
    return `This console does not have the keys ${words.join(", ")}.`
  } catch (error) {
    return error instanceof Error ? error.message : "The keys of secrets cannot be read."
  }
}
