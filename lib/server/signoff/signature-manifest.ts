import {
  MANIFEST_FORMAT,
  type ManifestMethod,
  type PasskeyMethod,
  type SignatureManifest,
} from "@/lib/contracts/signature-manifest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type CoveredContent, coveredContent } from "@/lib/domain/signoff/covered-content"
import { meaningInWords } from "@/lib/domain/signoff/meaning"
import { expiryOf, standingSignatures } from "@/lib/domain/signoff/signoff-status"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { seal } from "@/lib/server/crypto/seal"
import { hashJson, sha256Hex } from "@/lib/server/crypto/sha256"
import { storable } from "@/lib/server/crypto/storable"

export interface Manifest {
  value: SignatureManifest
  /** Canonical JSON (RFC 8785): the exact text that `hash`, the seal and a passkey's challenge are of. */
  text: string
  /** SHA-256, hexadecimal. */
  hash: string
}

interface Signer {
  id: string
  name: string
  email: string
}

/** Everything that a signature says. Throws where the role does not sign this release. */
export function makeManifest(
  state: ReleaseState,
  signing: {
    signatureId: string
    role: SignoffRole
    signer: Signer
    onBehalfOf: Signer | null
    method: ManifestMethod
    at: string
  },
): Manifest {
  const { signatureId, role, signer, onBehalfOf, method, at } = signing
  const signoff = state.signoffs[role]
  if (!signoff) throw new Error(`${role} does not sign this release`)
  const content = coveredContent(state)
  const { distinctPeople, authorMaySign, starterMaySign, order, expireMs } = state.policy
  const value: SignatureManifest = storable({
    format: MANIFEST_FORMAT,
    ...content,
    contentHash: hashJson(content),
    evidence: Object.values(state.items).flatMap(({ key, evidence, attachments }) =>
      [...(evidence ? [evidence] : []), ...attachments].map(({ id, sha256 }) => ({ item: key, id, sha256 })),
    ),
    policy: { distinctPeople, authorMaySign, starterMaySign, order, expireMs },
    signature: {
      id: signatureId,
      role,
      title: signoff.title,
      meaning: meaningInWords(state, role, signer.name, onBehalfOf?.name),
      items: signoff.items,
      signer,
      onBehalfOf,
      quorum: { place: standingSignatures(signoff, Date.parse(at)).length + 1, of: signoff.quorum },
      at,
      expiresAt: expiryOf(state, at),
    },
    method,
  })
  const text = canonicalJson(value)
  return { value, text, hash: sha256Hex(text) }
}

/** The part of a manifest without which the signature is void. */
export function contentOf({ release, service, environment, playbook, items }: SignatureManifest): CoveredContent {
  return { release, service, environment, playbook, items }
}

/** What the event says of a manifest that was signed: with the console's seal over its text. */
export function sealedFacts({ value, text, hash }: Manifest, evidenceId: string) {
  const { signature, method } = value
  const sealed = seal(text)
  return {
    signatureId: signature.id,
    method: method.type,
    meaning: signature.meaning,
    manifestHash: hash,
    seal: sealed.seal,
    sealKeyId: sealed.keyId,
    evidenceId,
    ...(signature.expiresAt === null ? {} : { expiresAt: signature.expiresAt }),
  }
}

type From = { address: string | null; userAgent: string | null }

export function passwordMethod({ address, userAgent }: From): ManifestMethod {
  const words =
    "The signer proved who they are with a fresh password; the console sealed this manifest with its own key."
  return { type: "password", words, address, userAgent }
}

export function passkeyMethod(
  { address, userAgent }: From,
  key: Omit<PasskeyMethod, "type" | "words" | "address" | "userAgent">,
): ManifestMethod {
  const words =
    "The signer’s own passkey signed the SHA-256 of this manifest, after it had verified who holds it; the console sealed it besides."
  return { type: "passkey", words, address, userAgent, ...key }
}
