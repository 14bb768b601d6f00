import type { PasskeyProof } from "@/lib/contracts/passkey-proof"
import type { Decision } from "@/lib/domain/release/decision"
import { decideSign } from "@/lib/domain/signoff/decide-signoff"
import type { WishToSign } from "@/lib/domain/signoff/refusal-to-sign"
import type { PersonActor } from "@/lib/server/access/authorise"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import { type Manifest, sealedFacts } from "./signature-manifest"

/** Keeps what is signed, with its proof, as evidence, and signs. Asked after `refusalToSign` said nothing. */
export async function writeSignature(
  { tx, state, now }: ReleaseInHand,
  {
    manifest,
    proof,
    wish,
    signer,
  }: { manifest: Manifest; proof: PasskeyProof | null; wish: WishToSign; signer: PersonActor },
): Promise<Decision> {
  const blocks = [
    { type: "text", title: "What was signed (canonical JSON)", text: manifest.text },
    ...(proof ? [{ type: "text", title: "Passkey proof (JSON)", text: JSON.stringify(proof) }] : []),
  ]
  const subject = `signoff/${wish.role}`
  const evidence = await storeEvidence(tx, { releaseId: state.id, subject, kind: "manifest", blocks, at: now })
  return decideSign(state, { ...wish, signature: sealedFacts(manifest, evidence.id) }, signer)
}
