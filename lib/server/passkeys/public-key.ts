import { createPublicKey, type JsonWebKey } from "node:crypto"
import { decodeCredentialPublicKey } from "@simplewebauthn/server/helpers"

/** ES256, EdDSA, RS256 by their COSE numbers: what authenticators make, and what can be verified anywhere. */
export const PASSKEY_ALGORITHMS = [-7, -8, -257]

const CURVES: Record<number, string> = { 1: "P-256", 6: "Ed25519" }

/** A public key as authenticators give it (COSE), as SubjectPublicKeyInfo: DER, base64. Throws on other kinds of keys. */
export function spkiOfCose(cose: Uint8Array): string {
  const parts = decodeCredentialPublicKey(new Uint8Array(cose)) as unknown as Map<number, unknown>
  const jwk = jwkOf(parts)
  return createPublicKey({ key: jwk, format: "jwk" }).export({ format: "der", type: "spki" }).toString("base64")
}

function jwkOf(parts: Map<number, unknown>): JsonWebKey {
  const bytes = (label: number) => {
    const value = parts.get(label)
    if (!(value instanceof Uint8Array)) throw new Error(`the key has no part ${label}`)
    return Buffer.from(value).toString("base64url")
  }
  const kty = parts.get(1)
  const crv = CURVES[Number(parts.get(-1))]
  if (kty === 3) return { kty: "RSA", n: bytes(-1), e: bytes(-2) }
  if (kty === 2 && crv) return { kty: "EC", crv, x: bytes(-2), y: bytes(-3) }
  if (kty === 1 && crv) return { kty: "OKP", crv, x: bytes(-2) }
  throw new Error("this kind of key is not supported")
}
