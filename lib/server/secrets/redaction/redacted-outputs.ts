import type { SecretAutomaton } from "./secret-automaton"
import { REDACTED, SecretScan } from "./secret-scan"

/** How far a scan has decided, and what of it is not to go out: places in what it was given, ends not included. */
class Verdicts {
  decided = 0
  private covered: { from: number; to: number }[] = []
  readonly scan: SecretScan

  constructor(automaton: SecretAutomaton) {
    this.scan = new SecretScan(
      automaton,
      () => undefined,
      (chars, isCovered) => {
        const to = this.decided + chars
        const last = this.covered.at(-1)
        if (isCovered && last?.to === this.decided) last.to = to
        else if (isCovered) this.covered.push({ from: this.decided, to })
        this.decided = to
      },
    )
  }

  /** Where the next change lies from here on (or `to`), and whether what is here is covered. What lies before is forgotten. */
  at(place: number, to: number): { isCovered: boolean; until: number } {
    while (this.covered[0] && this.covered[0].to <= place) this.covered.shift()
    const [next] = this.covered
    if (!next || next.from >= to) return { isCovered: false, until: to }
    if (next.from > place) return { isCovered: false, until: next.from }
    return { isCovered: true, until: Math.min(next.to, to) }
  }
}

interface Output {
  verdicts: Verdicts
  /** How much of it was given so far. */
  given: number
  /** What went out last is a mark, and what follows may still belong to it. */
  marked: boolean
}

/**
 * Several outputs that people read side by side. A secret is looked for in each of them and in all as they came, and what
 * either finds stays inside, wholly: were one to look at what the other has left, half of a secret could save its rest.
 */
export class RedactedOutputs<S extends string> {
  private readonly together: Verdicts
  private readonly outputs = new Map<S, Output>()
  private given = 0
  /** What waits for a verdict, in the order in which it came. */
  private waiting: { source: S; text: string; at: number; here: number }[] = []

  constructor(
    private readonly automaton: SecretAutomaton,
    private readonly emit: (source: S, text: string) => void,
  ) {
    this.together = new Verdicts(automaton)
  }

  write(source: S, text: string): void {
    if (text === "") return
    const output = this.outputOf(source)
    this.waiting.push({ source, text, at: this.given, here: output.given })
    this.given += text.length
    output.given += text.length
    this.together.scan.push(text)
    output.verdicts.scan.push(text)
    this.release()
  }

  end(): void {
    this.together.scan.end()
    for (const { verdicts } of this.outputs.values()) verdicts.scan.end()
    this.release()
  }

  private outputOf(source: S): Output {
    const known = this.outputs.get(source)
    if (known) return known
    const output = { verdicts: new Verdicts(this.automaton), given: 0, marked: false }
    this.outputs.set(source, output)
    return output
  }

  private release(): void {
    for (let piece = this.waiting[0]; piece; piece = this.waiting[0]) {
      const output = this.outputOf(piece.source)
      const decided = Math.min(this.together.decided - piece.at, output.verdicts.decided - piece.here)
      const length = Math.min(piece.text.length, decided)
      if (length > 0) this.send(piece, output, length)
      if (length < piece.text.length) {
        const sent = Math.max(0, length)
        const { source, text, at, here } = piece
        this.waiting[0] = { source, text: text.slice(sent), at: at + sent, here: here + sent }
        return
      }
      this.waiting.shift()
    }
  }

  private send(
    { source, text, at, here }: { source: S; text: string; at: number; here: number },
    output: Output,
    length: number,
  ) {
    for (let from = 0; from < length; ) {
      const all = this.together.at(at + from, at + length)
      const own = output.verdicts.at(here + from, here + length)
      const to = Math.min(all.until - at, own.until - here)
      if (!all.isCovered && !own.isCovered) {
        this.emit(source, text.slice(from, to))
        output.marked = false
      } else if (!output.marked) {
        this.emit(source, REDACTED)
        output.marked = true
      }
      from = to
    }
  }
}
