import { randomUUID } from "node:crypto"
import type { z } from "zod"
import { signChallengeRequest, type signChallengeSchema } from "@/lib/contracts/api/signoffs"
import type { ReleaseState } from "@/lib/domain/release/state"
import { capacityFor } from "@/lib/domain/signoff/capacity"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { refusalToSign, type WishToSign } from "@/lib/domain/signoff/refusal-to-sign"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { hashJson } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { beginAssertion } from "@/lib/server/passkeys/begin-assertion"
import { noSuchRelease } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { withNamedChanges } from "./name-changes"
import { makeManifest, passkeyMethod } from "./signature-manifest"
import { emailsOf, signerNow } from "./signer-in-hand"
import { accessSignoff, refuseSigning } from "./signing"
import type { SigningChallenge } from "./signing-challenge"
import { signingKey } from "./signing-key"

export type SignChallenge = z.output<typeof signChallengeSchema>

/**
 * Makes the manifest that a passkey is to sign and keeps it with the challenge: the challenge is its SHA-256, so that the
 * answer is a signature of exactly this content by exactly this key.
 */
export async function challengeSignature(
  ctx: Context,
  releaseId: string,
  roleName: string,
  body: unknown,
): Promise<Result<SignChallenge>> {
  const signing = await accessSignoff(ctx, releaseId, roleName)
  if (!signing.ok) return signing
  const input = parseInput(signChallengeRequest, body)
  if (!input.ok) return input
  const { role, person, signer } = signing.value
  const { items, contentHash, onBehalfOf, passkeyId } = input.value
  const key = await signingKey(person.id, passkeyId ?? null)
  if (!key)
    return refused("invalid", "You have no such passkey. Add one to your account first.", { field: "passkeyId" })
  const [row, now] = await Promise.all([
    prisma.release.findUnique({ where: { id: releaseId }, select: { state: true } }),
    databaseNow(),
  ])
  if (!row) return noSuchRelease
  const state = row.state as unknown as ReleaseState
  const wish: WishToSign = {
    role,
    items,
    ...(await signerNow(prisma, person.id, state.service.id)),
    onBehalfOfId: onBehalfOf ?? null,
    changedSince: contentHash === hashJson(coveredContent(state)) ? null : [],
    nowMs: now.getTime(),
  }
  const capacity = capacityFor(wish)
  const refusal = "refusal" in capacity ? capacity.refusal : refusalToSign(state, wish, signer)
  if (refusal) return refuseSigning(signing.value, await withNamedChanges(refusal, releaseId, contentHash))
  const holder = "refusal" in capacity ? null : capacity.onBehalfOf
  const manifest = makeManifest(state, {
    signatureId: randomUUID(),
    role,
    ...(await emailsOf(prisma, person, holder)),
    method: passkeyMethod(ctx, key),
    at: now.toISOString(),
  })
  const data: SigningChallenge = { releaseId, role, manifest: manifest.text }
  const begun = await beginAssertion({
    person: { id: person.id },
    purpose: "sign",
    challenge: Buffer.from(manifest.hash, "hex"),
    data: { ...data },
  })
  // Only the key that the manifest names: another one's answer would not be to what is signed.
  const allowCredentials = begun.options.allowCredentials?.filter(({ id }) => id === key.credentialId)
  return done({
    challengeId: begun.challengeId,
    manifestHash: manifest.hash,
    meaning: manifest.value.signature.meaning,
    options: { ...begun.options, allowCredentials },
    expiresAt: new Date(begun.expiresAt).toISOString(),
  })
}
