import type { PasskeyProof } from "@/lib/contracts/passkey-proof"
import { roleTitles } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"
import { capacityFor } from "@/lib/domain/signoff/capacity"
import { changesInWords, contentChanges } from "@/lib/domain/signoff/content-changes"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { refusalToSign, staleRefusal, type WishToSign } from "@/lib/domain/signoff/refusal-to-sign"
import { standingSignatures } from "@/lib/domain/signoff/signoff-status"
import { wordsOf } from "@/lib/domain/signoff/void-signatures"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { withRelease } from "@/lib/server/commit/with-release"
import { finishAssertion } from "@/lib/server/passkeys/finish-assertion"
import { type Result, refused } from "@/lib/server/result"
import { repeatedSignature } from "./repeated-signature"
import { contentOf, type Manifest } from "./signature-manifest"
import { signerNow } from "./signer-in-hand"
import { refuseSigning, type Signed, type SignInput, type Signing } from "./signing"
import { manifestFor } from "./signing-challenge"
import { writeSignature } from "./write-signature"

type PasskeyAnswer = NonNullable<SignInput["passkey"]>

/**
 * Signs with the person's own key: its answer is verified, and what was made for the challenge must still be so. An answer
 * that was used already changes nothing; while the signature that it made stands, it is answered with.
 */
export async function signWithPasskey(signing: Signing, answer: PasskeyAnswer): Promise<Result<Signed>> {
  const { ctx, releaseId, person } = signing
  const { challengeId } = answer
  const made = await repeatedSignature(signing, challengeId)
  if (made) return made
  const finished = await finishAssertion({
    person: { id: person.id },
    purpose: "sign",
    challengeId,
    response: answer.response as unknown as Parameters<typeof finishAssertion>[0]["response"],
    address: ctx.address,
  })
  // Two clicks at once: the other one may have used the challenge a moment ago.
  if (!finished.ok) return (await repeatedSignature(signing, challengeId)) ?? finished
  const { data, proof } = finished.value
  const manifest = manifestFor(data, signing)
  if (!manifest || !isProofOf(manifest, proof)) return refuseForeign(signing, challengeId)
  const committed = await withRelease(releaseId, (hand) => sign(hand, signing, { manifest, proof }))
  if (!committed.ok) return refuseSigning(signing, committed.refusal)
  const { state, events, result } = committed
  return { ok: true, value: { release: state, events, result } }
}

/** That the answer is of the key that the manifest names, and to the hash of this text. */
function isProofOf({ value, hash }: Manifest, proof: PasskeyProof): boolean {
  const { method } = value
  if (method.type !== "passkey" || method.passkeyId !== proof.passkeyId) return false
  const client: unknown = JSON.parse(Buffer.from(proof.clientDataJson, "base64url").toString("utf8"))
  const challenge = client !== null && typeof client === "object" && "challenge" in client ? client.challenge : null
  return method.publicKeySpki === proof.publicKeySpki && challenge === Buffer.from(hash, "hex").toString("base64url")
}

async function sign(
  hand: ReleaseInHand,
  signing: Signing,
  { manifest, proof }: { manifest: Manifest; proof: PasskeyProof },
) {
  const { tx, state, now } = hand
  const { role, person, signer } = signing
  const { signature } = manifest.value
  const onBehalfOfId = signature.onBehalfOf?.id ?? null
  const wish: WishToSign = {
    role,
    items: signature.items.map(({ key }) => key),
    ...(await signerNow(tx, person.id, state.service.id)),
    onBehalfOfId,
    changedSince: changedSince(state, manifest, now.getTime()),
    nowMs: now.getTime(),
  }
  const refusal = refusalToSign(state, wish, signer)
  if (refusal) return { ok: false as const, refusal }
  const capacity = capacityFor(wish)
  if ("refusal" in capacity || (capacity.onBehalfOf?.id ?? null) !== onBehalfOfId) {
    return { ok: false as const, refusal: staleRefusal(["in whose name you sign is another"]) }
  }
  const decision = await writeSignature(hand, { manifest, proof, wish, signer })
  return { decision, result: { signatureId: signature.id } }
}

/** What the manifest says and is not so any more: its content, and the which-th of the role's people the signer is. */
function changedSince(state: ReleaseState, { value }: Manifest, nowMs: number): string[] | null {
  const changes = changesInWords(contentChanges(contentOf(value), coveredContent(state), wordsOf(null, state)))
  const { role, quorum } = value.signature
  const signoff = state.signoffs[role]
  const standing = signoff ? standingSignatures(signoff, nowMs).length : 0
  if (standing + 1 !== quorum.place) {
    const place = `${standing} of ${quorum.of} have signed as ${roleTitles[role]}, and not ${quorum.place - 1}`
    return [...changes, place]
  }
  return changes.length > 0 ? changes : null
}

/** A challenge that was given for something else: used up now, and on record. */
async function refuseForeign({ ctx, person, releaseId, role }: Signing, challengeId: string): Promise<Result<Signed>> {
  await recordSecurityEvent({
    type: "passkey.refused",
    userId: person.id,
    address: ctx.address,
    data: { purpose: "sign", why: "the challenge was given for something else", challengeId, releaseId, role },
  })
  return refused("forbidden", "This passkey’s answer was given for something else.", { field: "passkey" })
}
