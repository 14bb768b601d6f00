const LONGEST_LINE = 16 * 1024

/** Ends lines that nobody ends: a log holds no line longer than this. */
export class LineSplitter {
  private length = 0

  push(text: string): string {
    let out = ""
    let at = 0
    while (at < text.length) {
      const newline = text.indexOf("\n", at)
      const end = newline === -1 ? text.length : newline
      const room = LONGEST_LINE - this.length
      if (end - at > room) {
        // Not between the halves of a pair, which would show as two broken characters.
        const half = isHighSurrogate(text.charCodeAt(at + room - 1))
        const cut = at + room - (half ? 1 : 0)
        out += `${text.slice(at, cut)}\n`
        at = cut
        this.length = 0
        continue
      }
      out += text.slice(at, newline === -1 ? end : end + 1)
      this.length = newline === -1 ? this.length + end - at : 0
      at = newline === -1 ? end : end + 1
    }
    return out
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
