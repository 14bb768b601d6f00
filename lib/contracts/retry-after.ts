/**
 * For how long a `Retry-After` asks to wait (RFC 9110: seconds, or a date). Null: it is not there, or says nothing that can
 * be understood.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim()
  if (!text) return null
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs)
}
