import { createHash, hkdfSync } from "node:crypto"
import { type Env, env } from "@/lib/server/env"
import { ensureKeyFile, readKeyFile } from "./key-file"

export interface SecretKey {
  /** First 8 hexadecimal digits of a labelled SHA-256 of the key. */
  id: string
  bytes: Buffer
}

export interface KeyRing {
  /** `SECRETS_KEYS`, a file in the data folder (embedded default), or derived from `GOLIVE_SECRET_KEY` (servers). */
  source: "variable" | "file" | "derived"
  /** The first encrypts. Never empty. */
  keys: readonly [SecretKey, ...SecretKey[]]
  /** Decrypt only: what this console used before it was given keys of another kind. */
  former: readonly SecretKey[]
}

/**
 * The keys of secrets as they are now. Read anew each time: a rotation changes the file while the console runs. With `make`,
 * the embedded default makes its first key. Throws an Error in words, without a key in it, where there are none.
 */
export async function keyRing({
  make = false,
  settings = env(),
}: {
  make?: boolean
  settings?: Env
} = {}): Promise<KeyRing> {
  const { SECRETS_KEYS, GOLIVE_SECRET_KEY, GOLIVE_DATA_DIR } = settings
  const derived = GOLIVE_SECRET_KEY ? [derivedKey(GOLIVE_SECRET_KEY)] : []
  const isEmbedded = settings.GOLIVE_EMBEDDED === "1"
  if (SECRETS_KEYS) {
    const keys = SECRETS_KEYS.split(",").map((text, i) => keyOf(text, `Key ${i + 1} of SECRETS_KEYS`))
    const kept = isEmbedded ? await readKeyFile(GOLIVE_DATA_DIR) : []
    return ring("variable", keys, [...kept.map((text) => keyOf(text, "A key in the data folder")), ...derived])
  }
  if (isEmbedded) {
    const kept = await (make ? ensureKeyFile(GOLIVE_DATA_DIR) : readKeyFile(GOLIVE_DATA_DIR))
    return ring(
      "file",
      kept.map((text) => keyOf(text, "A key in the data folder")),
      derived,
    )
  }
  return ring("derived", derived, [])
}

function ring(source: KeyRing["source"], keys: SecretKey[], former: SecretKey[]): KeyRing {
  const [first, ...others] = keys
  if (!first) {
    throw new Error(
      source === "file"
        ? "There is no key for secrets: secret-keys.json is not in the data folder."
        : "There is no key for secrets: set SECRETS_KEYS or GOLIVE_SECRET_KEY.",
    )
  }
  return { source, keys: [first, ...others], former: former.filter(({ id }) => !keys.some((key) => key.id === id)) }
}

export function keyOf(text: string, what: string): SecretKey {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, "base64")
  // Buffer passes over what is no base64: written again it must be the same.
  if (bytes.length !== 32 || bytes.toString("base64").replace(/=+$/, "") !== trimmed.replace(/=+$/, "")) {
    throw new Error(`${what} is not 32 bytes in base64.`)
  }
  return { id: idOf(bytes), bytes }
}

export function findKey({ keys, former }: KeyRing, id: string): SecretKey | null {
  return [...keys, ...former].find((key) => key.id === id) ?? null
}

function derivedKey(secret: string): SecretKey {
  const bytes = Buffer.from(
    hkdfSync("sha256", Buffer.from(secret, "base64"), "golive", "secrets of environments v1", 32),
  )
  return { id: idOf(bytes), bytes }
}

function idOf(bytes: Uint8Array): string {
  return createHash("sha256").update("golive secret key id v1\0").update(bytes).digest("hex").slice(0, 8)
}
