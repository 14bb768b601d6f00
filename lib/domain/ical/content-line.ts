const MOST_OCTETS = 75

/**
 * A content line as it is written (RFC 5545, 3.1): folded so that no piece is longer than 75 octets in UTF-8, never within
 * a code point, and ended with CRLF.
 */
export function contentLine(text: string): string {
  let line = ""
  let octets = 0
  for (const point of text) {
    const more = octetsOf(point)
    if (octets + more > MOST_OCTETS) {
      line += "\r\n "
      octets = 1
    }
    line += point
    octets += more
  }
  return `${line}\r\n`
}

/** A value of the type TEXT. Control characters cannot be written in iCalendar, lone surrogates not in UTF-8. */
export function escapeText(text: string): string {
  return writable(text)
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n")
}

/** A parameter's value, quoted. Quotes and line ends are written as RFC 6868 says. */
export function quoteParameter(text: string): string {
  const written = writable(text).replaceAll("^", "^^").replaceAll("\n", "^n").replaceAll('"', "^'")
  return `"${written}"`
}

function writable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[\p{Cc}]/gu, (sign) => (sign === "\n" || sign === "\t" ? sign : " "))
}

function octetsOf(point: string): number {
  const code = point.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
