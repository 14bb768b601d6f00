const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const

/** "2 h 14 min", "45 s", "350 ms": the two largest units, nothing below milliseconds. */
export function durationInWords(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  if (whole < 1_000) return `${whole} ms`
  const first = UNITS.findIndex(([, size]) => whole >= size)
  const [unit, size] = UNITS[first] ?? UNITS[3]
  const count = Math.floor(whole / size)
  const [nextUnit, nextSize] = UNITS[first + 1] ?? ["", Number.POSITIVE_INFINITY]
  const rest = Math.floor((whole - count * size) / nextSize)
  return rest > 0 ? `${count} ${unit} ${rest} ${nextUnit}` : `${count} ${unit}`
}
