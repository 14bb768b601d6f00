/** What a rule can take in at once without holding up the worker: some go over a line once per character of it. */
const LONGEST_LINE_CHARS = 16_000
/** Longer than any secret that has to be seen whole. */
const OVERLAP_CHARS = 4_000

interface Piece {
  /** Of the piece's first line, from 1. */
  line: number
  text: string
}

/** A text as it is, except that its very long lines (a bundle, a data file) come in pieces of their own that overlap. */
export function* inPieces(content: string): Generator<Piece> {
  let from = 0
  let fromLine = 1
  let line = 1
  for (let start = 0; start <= content.length; line += 1) {
    const newline = content.indexOf("\n", start)
    const end = newline === -1 ? content.length : newline + 1
    if (end - start > LONGEST_LINE_CHARS) {
      if (from < start) yield { line: fromLine, text: content.slice(from, start) }
      for (let at = start; at < end; at += LONGEST_LINE_CHARS - OVERLAP_CHARS) {
        yield { line, text: content.slice(at, Math.min(at + LONGEST_LINE_CHARS, end)) }
        if (at + LONGEST_LINE_CHARS >= end) break
      }
      from = end
      fromLine = line + 1
    }
    if (newline === -1) break
    start = end
  }
  if (from < content.length) yield { line: fromLine, text: content.slice(from) }
}
