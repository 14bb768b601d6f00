import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM with a fresh nonce. What comes out is nonce (12 bytes), tag (16 bytes), ciphertext. */
export function closeBox(key: Uint8Array, bound: string, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(bound, "utf8"))
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** The text, or null where the key, what it is bound to or a single bit is another one. */
export function openBox(key: Uint8Array, bound: string, box: Uint8Array): string | null {
  if (box.length < NONCE_BYTES + TAG_BYTES) return null
  const bytes = Buffer.from(box)
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(bound, "utf8"))
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    return text.toString("utf8")
  } catch {
    return null
  }
}
