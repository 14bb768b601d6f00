import { short } from "../answer"
import type { CheckPorts } from "../ports"
import type { PiiScanConfig } from "./definition"
import { findOwn } from "./find-own"
import { findPersonalData, type Wanted } from "./find-personal-data"
import { type Hit, KINDS, sayKind, USUAL_KINDS } from "./kinds"
import { countBreaks, LinePieces, type Piece } from "./line-pieces"

/** Where there are more, it is known well enough that there are many. */
export const MOST_FINDINGS = 1_000
const MOST_ALLOWED_VALUES = 5_000

export interface Finding {
  /** `app.log`; null where there is only one text. */
  file: string | null
  line: number
  kind: string
  /** The first letter and the length: never what was found. */
  masked: string
}

/** What was found in one source (files, an output, an answer), of which there may be several texts. */
export class Findings {
  readonly bad: Finding[] = []
  readonly allowed: (Finding & { reason: string })[] = []
  allowedCount = 0
  lines = 0
  private readonly reasons = new Map<string, string | null>()
  private readonly wanted: Wanted

  constructor(
    private readonly config: PiiScanConfig,
    private readonly ports: CheckPorts,
  ) {
    this.wanted = { ...config, kinds: config.kinds ?? USUAL_KINDS }
  }

  /** There is no more to say, so the rest need not be looked at. */
  get isFull(): boolean {
    return this.bad.length >= MOST_FINDINGS
  }

  /** Answers with whether there was anything but blanks. `file` is shown: it must hold nothing personal. */
  async read(file: string | null, parts: AsyncIterable<string> | Iterable<string>): Promise<boolean> {
    const pieces = new LinePieces()
    let isText = false
    let last = 1
    const take = (piece: Piece) => {
      this.ports.signal.throwIfAborted()
      isText ||= piece.text.trim() !== ""
      last = piece.line + countBreaks(piece.text, piece.text.length) - (piece.text.endsWith("\n") ? 1 : 0)
      if (!this.isFull) this.take(file, piece)
    }
    for await (const part of parts) {
      for (const piece of pieces.push(part)) take(piece)
      if (this.isFull) return true
    }
    for (const piece of pieces.end()) take(piece)
    if (isText) this.lines += last
    return isText
  }

  private take(file: string | null, piece: Piece): void {
    const own = findOwn(piece.text, this.config.patterns, MOST_FINDINGS, this.ports)
    const hits = [...findPersonalData(piece.text, this.wanted), ...own].sort((a, b) => a.index - b.index)
    let line = piece.line
    let counted = 0
    for (const { kind, index, value } of hits) {
      if (index < piece.from || index >= piece.to) continue
      if (this.isFull) return
      line += countBreaks(piece.text.slice(counted, index), index - counted)
      counted = index
      this.add({ file, line, kind, masked: mask(value) }, value)
    }
  }

  private add(finding: Finding, value: string): void {
    const reason = this.whyAllowed(value)
    if (reason === null) this.bad.push(finding)
    else {
      this.allowedCount += 1
      if (this.allowed.length < MOST_FINDINGS) this.allowed.push({ ...finding, reason })
    }
  }

  private whyAllowed(value: string): string | null {
    const known = this.reasons.get(value)
    if (known !== undefined || !this.config.allow?.length) return known ?? null
    if (this.reasons.size >= MOST_ALLOWED_VALUES) throw new Error("Too many different values are allowed by `allow`")
    const reason = this.config.allow.find(({ pattern }) => this.matches(pattern, value))?.reason ?? null
    this.reasons.set(value, reason)
    return reason
  }

  private matches(pattern: string, value: string): boolean {
    const answer = this.ports.match(pattern, value)
    if ("error" in answer) throw new Error(`What is allowed by ${short(pattern, 80)}: ${answer.error}`)
    return answer.matched
  }
}

/** `2 e-mail addresses, 1 payment card number`, in the order of the kinds. */
export function countKinds(findings: readonly Finding[]): string {
  const counts = new Map<string, number>()
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const rank = (kind: string) => ((KINDS as readonly string[]).indexOf(kind) + KINDS.length + 1) % (KINDS.length + 1)
  return [...counts]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${sayKind(kind, count)}`)
    .join(", ")
}

/** `a… (14 characters)` */
export function mask(value: string): string {
  const letters = [...value]
  return `${letters[0] ?? ""}… (${letters.length} characters)`
}

/** A text with everything personal in it masked, for what has to be shown. */
export function withoutPersonalData(text: string, { countries }: Pick<PiiScanConfig, "countries">): string {
  const hits: Hit[] = findPersonalData(text, { kinds: KINDS, countries, allowDomains: [] })
  let shown = ""
  let at = 0
  for (const { index, value } of hits) {
    shown += `${text.slice(at, index)}[${mask(value)}]`
    at = index + value.length
  }
  return shown + text.slice(at)
}
