import canonicalize from "canonicalize"

/** The canonical form of a JSON value (RFC 8785). Throws a TypeError on what is no JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError("only JSON values have a canonical form")
  return text
}
