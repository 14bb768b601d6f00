/** How many bytes the sender says that the body has. Null: it does not say. */
export function announcedBytes(headers: Headers): number | null {
  const length = headers.get("content-length")
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null
}
