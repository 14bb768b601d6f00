export type OutputStream = "out" | "err"
export interface Piece {
  stream: OutputStream
  text: string
}

const PIECE_CHARS = 64 * 1024
/** Counted for each piece, so that many small ones are not free. */
const PIECE_COST = 32

/** Output kept whole up to a limit; past it the beginning and the end stay, and what is between is counted. */
export class KeptOutput {
  private readonly head: Piece[] = []
  private readonly tail: Piece[] = []
  private headSize = 0
  private tailSize = 0
  private readonly left = { out: 0, err: 0 }

  constructor(
    private readonly wholeChars: number,
    private readonly tailChars: number,
  ) {}

  /** Answers with what is part of the beginning; the rest waits for the end. */
  add(stream: OutputStream, text: string): string {
    const room = Math.max(0, this.wholeChars - this.headSize)
    const first = text.slice(0, room)
    const rest = text.slice(room)
    if (first) this.headSize += append(this.head, stream, first)
    if (rest) {
      this.tailSize += append(this.tail, stream, rest)
      this.trim()
    }
    return first
  }

  private trim(): void {
    for (;;) {
      const [first] = this.tail
      if (!first || this.tail.length === 1 || this.tailSize - first.text.length < this.tailChars) return
      this.tail.shift()
      this.tailSize -= first.text.length + PIECE_COST
      this.left[first.stream] += first.text.length
    }
  }

  leftOutChars(stream?: OutputStream): number {
    return stream ? this.left[stream] : this.left.out + this.left.err
  }

  text(stream?: OutputStream): string {
    return this.joined((pieces) => join(pieces, stream), stream)
  }

  /** Both streams as they came, put together by somebody who knows which is which. */
  joined(put: (pieces: readonly Piece[]) => string, stream?: OutputStream): string {
    const left = this.leftOutChars(stream)
    const marker = left > 0 ? leftOutMarker(left) : ""
    return put(this.head) + marker + put(this.tail)
  }

  /** What was not passed on because the limit was reached. */
  end(): { leftOutChars: number; pieces: readonly Piece[] } {
    return { leftOutChars: this.leftOutChars(), pieces: this.tail }
  }
}

export function leftOutMarker(chars: number): string {
  return `\n… ${chars.toLocaleString("en-US")} characters left out …\n`
}

function append(pieces: Piece[], stream: OutputStream, text: string): number {
  const last = pieces.at(-1)
  if (last?.stream === stream && last.text.length < PIECE_CHARS) {
    last.text += text
    return text.length
  }
  pieces.push({ stream, text })
  return text.length + PIECE_COST
}

export function joinPieces(pieces: readonly Piece[]): string {
  return join(pieces)
}

function join(pieces: readonly Piece[], stream?: OutputStream): string {
  const wanted = stream ? pieces.filter((piece) => piece.stream === stream) : pieces
  return wanted.map(({ text }) => text).join("")
}
