import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto"
import { env } from "@/lib/server/env"
import { sha256Hex } from "./sha256"

/** What PKCS #8 puts before the 32 bytes of an Ed25519 seed. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex")

interface SealKey {
  privateKey: KeyObject
  publicKey: KeyObject
  keyId: string
}

let kept: { secret: string; key: SealKey } | undefined

function sealKey(): SealKey {
  const secret = env().GOLIVE_SECRET_KEY
  if (!secret) throw new Error("GOLIVE_SECRET_KEY is not set: nothing can be signed")
  if (kept?.secret === secret) return kept.key
  const seed = Buffer.from(hkdfSync("sha256", Buffer.from(secret, "base64"), "golive", "signature seal v1", 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" })
  const publicKey = createPublicKey(privateKey)
  const keyId = sha256Hex(publicKey.export({ format: "der", type: "spki" })).slice(0, 16)
  kept = { secret, key: { privateKey, publicKey, keyId } }
  return kept.key
}

/** The console's Ed25519 signature over a text, base64url, and the id of the key that verifies it. */
export function seal(text: string): { seal: string; keyId: string } {
  const { privateKey, keyId } = sealKey()
  return { seal: sign(null, Buffer.from(text, "utf8"), privateKey).toString("base64url"), keyId }
}

export function verifySeal(text: string, sealed: string): boolean {
  return verify(null, Buffer.from(text, "utf8"), sealKey().publicKey, Buffer.from(sealed, "base64url"))
}

/** The public half, PEM: enough to verify every seal without the console. */
export function sealPublicKey(): { keyId: string; pem: string } {
  const { publicKey, keyId } = sealKey()
  return { keyId, pem: publicKey.export({ format: "pem", type: "spki" }).toString() }
}
