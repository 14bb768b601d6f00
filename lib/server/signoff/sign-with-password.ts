import { randomUUID } from "node:crypto"
import { capacityFor } from "@/lib/domain/signoff/capacity"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { refusalToSign, type WishToSign } from "@/lib/domain/signoff/refusal-to-sign"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { withRelease } from "@/lib/server/commit/with-release"
import { hashJson } from "@/lib/server/crypto/sha256"
import { confirmPassword } from "@/lib/server/people/confirm-password"
import type { Result } from "@/lib/server/result"
import { withNamedChanges } from "./name-changes"
import { makeManifest, passwordMethod } from "./signature-manifest"
import { emailsOf, ownSignature, signerNow } from "./signer-in-hand"
import { refuseSigning, type Signed, type SignInput, type Signing } from "./signing"
import { writeSignature } from "./write-signature"

/** Signs after a fresh password, over the content that the page showed. The console's key seals it. */
export async function signWithPassword(signing: Signing, password: string, input: SignInput): Promise<Result<Signed>> {
  const { ctx, releaseId, person } = signing
  const known = await confirmPassword(ctx, person, password)
  if (!known.ok) return known
  const committed = await withRelease(releaseId, (hand) => sign(hand, signing, input))
  if (!committed.ok) {
    const { contentHash } = input
    const { refusal } = committed
    return refuseSigning(signing, contentHash ? await withNamedChanges(refusal, releaseId, contentHash) : refusal)
  }
  const { state, events, result } = committed
  return { ok: true, value: { release: state, events, result } }
}

async function sign(hand: ReleaseInHand, signing: Signing, { items, contentHash, onBehalfOf }: SignInput) {
  const { tx, state, now } = hand
  const { role, person, signer, ctx } = signing
  const made = ownSignature(hand, role, person.id)
  if (made) return { decision: { ok: true as const, events: [] }, result: { signatureId: made.id } }
  const matches = contentHash === undefined || contentHash === hashJson(coveredContent(state))
  const wish: WishToSign = {
    role,
    items,
    ...(await signerNow(tx, person.id, state.service.id)),
    onBehalfOfId: onBehalfOf ?? null,
    changedSince: matches ? null : [],
    nowMs: now.getTime(),
  }
  const capacity = capacityFor(wish)
  if ("refusal" in capacity) return { ok: false as const, refusal: capacity.refusal }
  const refusal = refusalToSign(state, wish, signer)
  if (refusal) return { ok: false as const, refusal }
  const signatureId = randomUUID()
  const people = await emailsOf(tx, person, capacity.onBehalfOf)
  const method = passwordMethod(ctx)
  const manifest = makeManifest(state, { signatureId, role, ...people, method, at: now.toISOString() })
  const decision = await writeSignature(hand, { manifest, proof: null, wish, signer })
  return { decision, result: { signatureId } }
}
