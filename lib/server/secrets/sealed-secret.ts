import { closeBox, openBox } from "@/lib/server/crypto/secret-box"
import { findKey, type KeyRing } from "./key-ring"

export interface SealedSecret {
  environmentId: string
  name: string
  keyId: string
  sealed: Uint8Array
}

/** Encrypts a value for its place: moved to another environment, name or key it does not open. */
export function sealSecret(ring: KeyRing, place: { environmentId: string; name: string }, value: string) {
  const [{ id: keyId, bytes }] = ring.keys
  return { keyId, sealed: closeBox(bytes, boundTo({ ...place, keyId }), value) }
}

/** The value, or in words why it cannot be read. `ring` may be the words that say why there are no keys. */
export function openSecret(
  ring: KeyRing | string,
  secret: SealedSecret,
  environmentName: string,
): { ok: true; value: string } | { ok: false; why: string } {
  const { name, keyId } = secret
  const what = `The secret ${name} in ${environmentName} cannot be read`
  if (typeof ring === "string") return { ok: false, why: `${what}: it needs the key ${keyId}. ${ring}` }
  const key = findKey(ring, keyId)
  if (!key) return { ok: false, why: `${what}: it needs the key ${keyId}, which this console does not have.` }
  const value = openBox(key.bytes, boundTo(secret), secret.sealed)
  if (value === null) return { ok: false, why: `${what}: the key ${keyId} does not open it. It was changed or moved.` }
  return { ok: true, value }
}

function boundTo({ environmentId, name, keyId }: Pick<SealedSecret, "environmentId" | "name" | "keyId">): string {
  return `golive secret v1\n${environmentId}\n${name}\n${keyId}`
}
