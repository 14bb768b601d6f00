import type { SignoffRole } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { meaningInWords } from "@/lib/domain/signoff/meaning"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { seal } from "@/lib/server/crypto/seal"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { storable } from "@/lib/server/crypto/storable"

export interface SealedManifest {
  meaning: string
  /** Canonical JSON (RFC 8785): the exact bytes that `manifestHash` and `seal` are of. */
  text: string
  manifestHash: string
  seal: string
  sealKeyId: string
}

/** Everything that a signature says, sealed with the console's key after the signer proved who they are. */
export function sealManifest(
  state: ReleaseState,
  signing: {
    signatureId: string
    role: SignoffRole
    signer: { id: string; name: string; email: string }
    address: string | null
    userAgent: string | null
    at: string
  },
): SealedManifest {
  const { signatureId, role, signer, address, userAgent, at } = signing
  const signoff = state.signoffs[role]
  if (!signoff) throw new Error(`${role} does not sign this release`)
  const meaning = meaningInWords(state, role, signer.name)
  const text = canonicalJson(
    storable({
      format: "golive/signature-manifest/1",
      ...coveredContent(state),
      // With what proved each item, byte for byte, besides what the signature is void without.
      evidence: Object.values(state.items).flatMap(({ key, evidence, attachments }) =>
        [...(evidence ? [evidence] : []), ...attachments].map(({ id, sha256 }) => ({ item: key, id, sha256 })),
      ),
      signature: { id: signatureId, role, title: signoff.title, meaning, items: signoff.items, signer, at },
      method: {
        type: "password",
        words:
          "The signer proved who they are with a fresh password; the console sealed this manifest with its own key.",
        address,
        userAgent,
      },
    }),
  )
  const sealed = seal(text)
  return { meaning, text, manifestHash: sha256Hex(text), seal: sealed.seal, sealKeyId: sealed.keyId }
}
