import { z } from "zod"
import { closeBox, openBox } from "@/lib/server/crypto/secret-box"
import type { Tx } from "@/lib/server/db"
import { holdKeys } from "@/lib/server/secrets/key-lock"
import { findKey, type KeyRing, keyRing } from "@/lib/server/secrets/key-ring"

/** The columns of a channel that hold its secret fields. */
export interface SealedFields {
  sealed: Uint8Array<ArrayBuffer> | null
  keyId: string | null
  secretFields: string[]
}

export interface SealedChannel {
  id: string
  name: string
  sealed: Uint8Array | null
  keyId: string | null
}

const fieldsSchema = z.record(z.string(), z.string())

/**
 * Encrypts the secret fields of a channel for its row, in the transaction that writes it: until it commits, no rotation
 * drops the key. Throws an Error in words where there is no key.
 */
export async function sealChannel(tx: Tx, channelId: string, fields: Record<string, string>): Promise<SealedFields> {
  const secretFields = Object.keys(fields).sort()
  if (secretFields.length === 0) return { sealed: null, keyId: null, secretFields }
  await holdKeys(tx)
  return { ...sealFields(await keyRing({ make: true }), channelId, fields), secretFields }
}

/** The secret fields of a channel, by name, or in words why they cannot be read. */
export async function openChannel(
  channel: SealedChannel,
): Promise<{ ok: true; fields: Record<string, string> } | { ok: false; why: string }> {
  if (!channel.sealed) return { ok: true, fields: {} }
  const ring = await keyRing().catch((error: Error) => error.message)
  return openFields(ring, channel)
}

/** With the first key of the ring. */
export function sealFields(
  { keys: [{ id: keyId, bytes }] }: KeyRing,
  channelId: string,
  fields: Record<string, string>,
): { sealed: Uint8Array<ArrayBuffer>; keyId: string } {
  return { keyId, sealed: new Uint8Array(closeBox(bytes, boundTo(channelId, keyId), JSON.stringify(fields))) }
}

/** `ring` may be the words that say why there are no keys. */
export function openFields(
  ring: KeyRing | string,
  { id, name, sealed, keyId }: SealedChannel,
): { ok: true; fields: Record<string, string> } | { ok: false; why: string } {
  if (!sealed || !keyId) return { ok: true, fields: {} }
  const what = `The secrets of the channel ${name} cannot be read`
  if (typeof ring === "string") return { ok: false, why: `${what}: they need the key ${keyId}. ${ring}` }
  const key = findKey(ring, keyId)
  if (!key) return { ok: false, why: `${what}: they need the key ${keyId}, which this console does not have.` }
  const text = openBox(key.bytes, boundTo(id, keyId), sealed)
  if (text === null)
    return { ok: false, why: `${what}: the key ${keyId} does not open them. They were changed or moved.` }
  return { ok: true, fields: fieldsSchema.parse(JSON.parse(text)) }
}

/** Moved to another channel or key it does not open. */
function boundTo(channelId: string, keyId: string): string {
  return `golive channel v1\n${channelId}\n${keyId}`
}
