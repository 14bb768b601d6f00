import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import type { WebauthnChallenge } from "@/prisma/generated/client/client"
import type { ChallengePurpose } from "./issue-challenge"

/**
 * Uses a challenge up: the first answer takes it, right or wrong. A string says why it cannot be taken; one that was given
 * for something or somebody else stays as it is.
 */
export async function takeChallenge(asked: {
  challengeId: string
  purpose: ChallengePurpose
  personId: string | null
}): Promise<WebauthnChallenge | string> {
  const { challengeId: id, purpose, personId } = asked
  const now = await databaseNow()
  const challenge = await prisma.webauthnChallenge.findUnique({ where: { id } })
  if (challenge?.purpose !== purpose || challenge.userId !== personId) return "it answers to something else"
  // One statement, so that of two answers at once one comes too late.
  const taken = await prisma.webauthnChallenge.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  if (taken.count === 1) return challenge
  return challenge.usedAt ? "it was used already" : "it came too late, or twice"
}
