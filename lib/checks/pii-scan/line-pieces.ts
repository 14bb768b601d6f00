/** A part of a text. Only what begins within [from, to) is to be counted: the rest is there to be seen beside it. */
export interface Piece {
  text: string
  from: number
  to: number
  /** The number of the line that `text` begins on, from 1. */
  line: number
}

const PIECE_CHARS = 64 * 1024
const BEFORE_CHARS = 256
const AFTER_CHARS = 4 * 1024

/**
 * Cuts a text that comes bit by bit into pieces of whole lines. Lines that are longer are cut with an overlap, so that
 * nothing is missed at a cut. The same text makes the same pieces, however it came.
 */
export class LinePieces {
  private rest = ""
  private from = 0
  private line = 1;

  *push(text: string): Generator<Piece> {
    this.rest += text
    while (this.rest.length >= this.from + PIECE_CHARS + AFTER_CHARS) yield this.cut()
  }

  *end(): Generator<Piece> {
    if (this.rest.length > this.from) {
      yield { text: this.rest, from: this.from, to: this.rest.length, line: this.line }
    }
    this.rest = ""
  }

  private cut(): Piece {
    const { rest, from, line } = this
    const lastBreak = rest.lastIndexOf("\n", from + PIECE_CHARS - 1)
    const isWhole = lastBreak >= from
    const to = isWhole ? lastBreak + 1 : from + PIECE_CHARS
    const next = isWhole ? to : to - BEFORE_CHARS
    this.line += countBreaks(rest, next)
    this.rest = rest.slice(next)
    this.from = to - next
    return { text: isWhole ? rest.slice(0, to) : rest.slice(0, to + AFTER_CHARS), from, to, line }
  }
}

/** How many line breaks stand before a place. */
export function countBreaks(text: string, before: number): number {
  let count = 0
  for (let at = text.indexOf("\n"); at !== -1 && at < before; at = text.indexOf("\n", at + 1)) count += 1
  return count
}
