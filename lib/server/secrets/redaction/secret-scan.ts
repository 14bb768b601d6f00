import type { SecretAutomaton } from "./secret-automaton"
import { SHORTEST_PART } from "./secret-forms"

export const REDACTED = "[redacted]"
/** A line break or two may be put into a secret by what wraps lines; more of them separate texts. */
const MOST_BREAKS = 8
const NEWLINE = 10
const RETURN = 13
const FULL_STOP = 46
const ELLIPSIS = 0x2026

/** Gets what can go out, and which of several outputs it came from. */
export type Emit = (text: string, source: string) => void

/**
 * Takes secrets out of one text that comes in pieces, from one source or from several by turns. Every occurrence goes wholly, also where two share characters; what
 * touches becomes one mark. Line breaks inside of an occurrence do not save it. Holds back no more than may still become one.
 */
export class SecretScan {
  private buffer = ""
  private at = 0
  private state = 0
  /** Longer forms whose head was met, and how much of them. */
  private following: { form: string; met: number }[] = []
  /** Where line breaks were passed over since the automaton left its root. */
  private breaks: number[] = []
  private breaksInARow = 0
  private covered: { from: number; to: number }[] = []
  /** What went out last is a mark, and what follows may still belong to it. */
  private marked = false

  /** Where in the buffer another source begins. Never empty, the first from 0. */
  private sources: { from: number; source: string }[] = [{ from: 0, source: "" }]

  constructor(
    private readonly automaton: SecretAutomaton,
    private readonly emit: Emit,
    /** Told of all that is decided, in order and without a gap: so many characters, and whether they stay inside. */
    private readonly decide: (chars: number, isCovered: boolean) => void = () => undefined,
  ) {}

  /** What can go out goes out now. */
  push(text: string, source = ""): void {
    if (this.sources.at(-1)?.source !== source) this.sources.push({ from: this.buffer.length, source })
    this.buffer += text
    this.scan()
    this.release(this.beginningOf(this.at, this.automaton.depth[this.state] ?? 0))
  }

  /** What is left. The beginning of a secret whose rest never came does not go out. */
  end(): void {
    let end = this.at
    while (end > 0 && isBreak(this.buffer.charCodeAt(end - 1))) end -= 1
    this.cutAt(end)
    this.release(this.at)
    this.reset()
    this.marked = false
  }

  private scan(): void {
    const { buffer, automaton } = this
    const { depth, ends, longer } = automaton
    const length = buffer.length
    while (this.at < length) {
      if (this.state === 0 && this.following.length === 0) this.skip()
      if (this.at >= length) return
      const char = buffer.charCodeAt(this.at)
      if (isBreak(char)) {
        this.passBreak()
        continue
      }
      this.breaksInARow = 0
      if ((char === ELLIPSIS || char === FULL_STOP) && (depth[this.state] ?? 0) >= SHORTEST_PART) this.cutBefore(char)
      this.state = automaton.next(this.state, char)
      this.at += 1
      const found = ends[this.state] ?? 0
      if (found > 0) this.cover(this.beginningOf(this.at, found), this.at)
      if (this.following.length > 0) this.follow(char)
      const heads = found > 0 ? longer.get(this.state) : undefined
      if (heads) this.meet(heads, found)
      if (this.state === 0) this.breaks = []
    }
  }

  /** Goes on to the next place where a form may begin. Stops before line breaks, which the four characters may not hold. */
  private skip(): void {
    const { buffer, automaton } = this
    const last = buffer.length - 3
    let i = this.at
    if (i >= last) return
    let a = buffer.charCodeAt(i)
    let b = buffer.charCodeAt(i + 1)
    let c = buffer.charCodeAt(i + 2)
    if (isBreak(a) || isBreak(b) || isBreak(c)) return
    for (; i < last; i += 1) {
      const d = buffer.charCodeAt(i + 3)
      if (isBreak(d) || automaton.mayBegin(a, b, c, d)) break
      a = b
      b = c
      c = d
    }
    this.at = i
  }

  private passBreak(): void {
    if (this.state !== 0 || this.following.length > 0) {
      this.breaksInARow += 1
      if (this.breaksInARow > MOST_BREAKS) this.reset()
      else this.breaks.push(this.at)
    }
    this.at += 1
  }

  /** A beginning that somebody shortened with dots. */
  private cutBefore(char: number): void {
    if (char === ELLIPSIS || this.buffer.startsWith("...", this.at)) this.cutAt(this.at)
  }

  private cutAt(end: number): void {
    const part = this.automaton.depth[this.state] ?? 0
    if (part >= SHORTEST_PART) this.cover(this.beginningOf(end, part), end)
  }

  private meet(heads: readonly string[], met: number): void {
    for (const form of heads) {
      if (!this.following.some((known) => known.form === form)) this.following.push({ form, met })
    }
  }

  private follow(char: number): void {
    let kept = 0
    let met = false
    for (const one of this.following) {
      if (one.form.charCodeAt(one.met) !== char) continue
      met = true
      one.met += 1
      if (one.met === one.form.length) continue
      this.following[kept] = one
      kept += 1
    }
    this.following.length = kept
    if (met) this.cover(this.at - 1, this.at)
  }

  private cover(from: number, to: number): void {
    const last = this.covered.at(-1)
    if (!last || last.to < from) {
      this.covered.push({ from, to })
      return
    }
    // Ends come in order, so that only the last ones can touch.
    last.to = to
    if (last.from <= from) return
    last.from = from
    for (let before = this.covered.at(-2); before && before.to >= from; before = this.covered.at(-2)) {
      last.from = Math.min(last.from, before.from)
      this.covered.splice(-2, 1)
    }
  }

  /** Where the last `chars` characters before `end` begin, line breaks not counted. */
  private beginningOf(end: number, chars: number): number {
    let start = end - chars
    for (let i = this.breaks.length - 1; i >= 0; i -= 1) {
      const at = this.breaks[i] ?? 0
      if (at >= end) continue
      if (at < start) break
      start -= 1
    }
    return Math.max(0, start)
  }

  private release(upTo: number): void {
    let from = 0
    let gone = 0
    for (const part of this.covered) {
      if (part.from >= upTo) break
      this.emitPlain(from, part.from)
      this.decide(part.from - from, false)
      this.decide(Math.min(part.to, upTo) - part.from, true)
      if (part.from > from || !this.marked) this.emit(REDACTED, this.sourceAt(part.from))
      this.marked = true
      from = Math.min(part.to, upTo)
      if (part.to > upTo) {
        part.from = upTo
        break
      }
      gone += 1
    }
    if (from < upTo) this.marked = false
    this.emitPlain(from, upTo)
    if (from < upTo) this.decide(upTo - from, false)
    this.forget(upTo, gone)
  }

  private emitPlain(from: number, to: number): void {
    let at = from
    for (let i = 0; i < this.sources.length && at < to; i += 1) {
      const end = Math.min(to, this.sources[i + 1]?.from ?? to)
      if (end <= at) continue
      this.emit(this.buffer.slice(at, end), this.sources[i]?.source ?? "")
      at = end
    }
  }

  private sourceAt(at: number): string {
    return this.sources.findLast(({ from }) => from <= at)?.source ?? ""
  }

  private forget(chars: number, parts: number): void {
    if (chars === 0) return
    this.buffer = this.buffer.slice(chars)
    const first = this.sources.findLastIndex(({ from }) => from <= chars)
    this.sources = this.sources.slice(first).map(({ from, source }) => ({ from: Math.max(0, from - chars), source }))
    this.at -= chars
    this.breaks = this.breaks.filter((at) => at >= chars).map((at) => at - chars)
    this.covered = this.covered.slice(parts).map(({ from, to }) => ({ from: from - chars, to: to - chars }))
  }

  private reset(): void {
    this.state = 0
    this.following = []
    this.breaks = []
    this.breaksInARow = 0
  }
}

function isBreak(char: number): boolean {
  return char === NEWLINE || char === RETURN
}
