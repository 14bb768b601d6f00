import { setTimeout as delay } from "node:timers/promises"
import type { ReleaseState } from "@/lib/domain/release/state"
import { standingSignatures } from "@/lib/domain/signoff/signoff-status"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import type { Signed, Signing } from "./signing"
import { manifestFor } from "./signing-challenge"

/** Longer than a commit takes between the use of a challenge and the signature. */
const COMMITS_WITHIN_MS = 1_500
const POLL_MS = 50

/**
 * The signature that this person's challenge made already, while it stands: a double click, or a request that was sent
 * again. Null: it made none, so it is judged as any other answer. Changes nothing.
 */
export async function repeatedSignature(signing: Signing, challengeId: string): Promise<Result<Signed> | null> {
  const row = await prisma.webauthnChallenge.findUnique({ where: { id: challengeId } })
  if (!row?.usedAt || row.purpose !== "sign" || row.userId !== signing.person.id) return null
  const manifest = manifestFor(row.data, signing)
  if (!manifest) return null
  const { id } = manifest.value.signature
  for (;;) {
    const now = await databaseNow()
    const release = await prisma.release.findUnique({ where: { id: signing.releaseId }, select: { state: true } })
    const state = release?.state as unknown as ReleaseState | undefined
    const signoff = state?.signoffs[signing.role]
    const stands = signoff && standingSignatures(signoff, now.getTime()).some((signature) => signature.id === id)
    if (state && stands) return done({ release: state, events: [], result: { signatureId: id } })
    if (now.getTime() - row.usedAt.getTime() > COMMITS_WITHIN_MS) return null
    await delay(POLL_MS)
  }
}
