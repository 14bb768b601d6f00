const DURATION_UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const SIZE_UNITS: Record<string, number> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 }

/** "90s", "10m", "1h30m" in milliseconds; null where it is no duration or more than 30 days. */
export function parseDurationMs(text: string): number | null {
  if (!/^(\d+(ms|[smhd]))+$/.test(text)) return null
  const parts = [...text.matchAll(/(\d+)(ms|[smhd])/g)]
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (DURATION_UNITS[unit ?? ""] ?? 0), 0)
  return ms > 0 && ms <= 30 * 86_400_000 ? ms : null
}

/** "500KB" is 500,000 bytes, "500KiB" 512,000; null where it is no size. */
export function parseSizeBytes(text: string): number | null {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*([kmg]?i?b)$/i.exec(text) ?? []
  const bytes = Math.round(Number(count) * (SIZE_UNITS[unit?.toLowerCase() ?? ""] ?? Number.NaN))
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null
}

export function sayBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} KB`
  return `${(bytes / 1e6).toFixed(2)} MB`
}

/** "12.3 s" where tenths matter to people, else the two largest units. */
export function saySeconds(ms: number): string {
  const tenths = Math.round(ms / 100) / 10
  if (tenths < 60) return `${tenths} s`
  const seconds = Math.round(ms / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)]
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`
}
