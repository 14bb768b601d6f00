import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { findKey, keyRing } from "./key-ring"

/** Why not all secrets can be read, in words; null where they can. Asks for keys only, nothing is decrypted. */
export async function secretsFault(): Promise<string | null> {
  const needed = await prisma.secret.groupBy({ by: ["keyId"], _count: true })
  try {
    // A key that cannot be used is a fault before there is a secret.
    const ring = needed.length > 0 || env().SECRETS_KEYS ? await keyRing() : null
    const missing = needed.filter(({ keyId }) => ring && !findKey(ring, keyId))
    if (missing.length === 0) return null
    const words = missing.map(({ keyId, _count }) => `${keyId} (${_count} secrets)`)
    return `This console does not have the keys ${words.join(", ")}.`
  } catch (error) {
    return error instanceof Error ? error.message : "The keys of secrets cannot be read."
  }
}
