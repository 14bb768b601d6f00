import { randomUUID } from "node:crypto"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"

/** How long an authenticator may take to answer. */
export const CHALLENGE_LIFE_MS = 5 * 60_000

/** Long after they are worth anything. */
const KEPT_FOR_MS = 24 * 60 * 60_000

/** `enrol` is all about one's passkeys: making one, and confirming who one is before that or before one is removed. */
export type ChallengePurpose = "enrol" | "sign_in" | "sign"

/**
 * Keeps what an authenticator is asked to answer, once and within five minutes. Old ones are cleared away with it: anybody
 * may ask to sign in, and the table is not to grow by that.
 */
export async function issueChallenge(input: {
  personId: string | null
  purpose: ChallengePurpose
  /** base64url. */
  challenge: string
  data: unknown
}): Promise<{ challengeId: string; expiresAt: string }> {
  const now = (await databaseNow()).getTime()
  const challengeId = randomUUID()
  const expiresAt = new Date(now + CHALLENGE_LIFE_MS)
  await prisma.webauthnChallenge.create({
    data: {
      id: challengeId,
      userId: input.personId,
      purpose: input.purpose,
      challenge: input.challenge,
      data: input.data as Prisma.InputJsonValue,
      expiresAt,
    },
    select: { id: true },
  })
  // What was signed with stays: it says what the signer was shown.
  await prisma.webauthnChallenge.deleteMany({
    where: {
      expiresAt: { lt: new Date(now - KEPT_FOR_MS) },
      OR: [{ usedAt: null }, { purpose: { not: "sign" } }],
    },
  })
  return { challengeId, expiresAt: expiresAt.toISOString() }
}
