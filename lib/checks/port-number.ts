/** A port as a number; it may have been written as text, which a placeholder gives. Throws a RangeError in words. */
export function portNumber(port: number | string): number {
  const number = typeof port === "number" ? port : /^\d{1,5}$/.test(port.trim()) ? Number(port) : Number.NaN
  if (!(number >= 1 && number <= 65_535)) throw new RangeError(`"${port}" is no port`)
  return number
}
