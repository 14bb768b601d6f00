/**
 * The value as the database will give it back: no `undefined`, no NUL (Postgres refuses it in JSON), no half of a
 * surrogate pair, no negative zero. Hashes are made of this form, so that they can be made again from what is stored.
 */
export function storable<T>(value: T): T {
  return clean(JSON.parse(JSON.stringify(value))) as T
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\u0000", "\ufffd").toWellFormed()
  if (Array.isArray(value)) return value.map(clean)
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [clean(key) as string, clean(part)]))
  }
  return value
}
