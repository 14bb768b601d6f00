import type { PasskeyMethod } from "@/lib/contracts/signature-manifest"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { spkiOfCose } from "@/lib/server/passkeys/public-key"
import { relyingParty } from "@/lib/server/passkeys/relying-party"

type SigningKey = Omit<PasskeyMethod, "type" | "words" | "address" | "userAgent">

/** The passkey that a manifest is to name: the one that is asked for, or the one used last. Null: there is none. */
export async function signingKey(personId: string, passkeyId: string | null): Promise<SigningKey | null> {
  const row = await prisma.passkey.findFirst({
    where: { userId: personId, rpId: relyingParty().id, removedAt: null, ...(passkeyId ? { id: passkeyId } : {}) },
    orderBy: [{ lastUsedAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
  })
  if (!row) return null
  return {
    passkeyId: row.id,
    passkeyName: row.name,
    credentialId: row.credentialId,
    publicKeySpki: spkiOfCose(row.publicKey),
    algorithm: row.algorithm as SigningKey["algorithm"],
    rpId: row.rpId,
    origin: new URL(env().NEXTAUTH_URL).origin,
  }
}
