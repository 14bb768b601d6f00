import { createHash } from "node:crypto"
import canonicalize from "canonicalize"

/** SHA-256 in hexadecimal of a JSON value's canonical form (RFC 8785): the order of keys does not matter. */
export function canonicalHash(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError("only JSON values have a canonical form")
  return createHash("sha256").update(text, "utf8").digest("hex")
}
