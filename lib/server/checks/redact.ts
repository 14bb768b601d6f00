import { evidenceBlockSchema } from "@/lib/contracts/evidence"
import { RedactedOutputs } from "@/lib/server/secrets/redaction/redacted-outputs"
import { SecretAutomaton } from "@/lib/server/secrets/redaction/secret-automaton"
import { formsOf } from "@/lib/server/secrets/redaction/secret-forms"
import { REDACTED, SecretScan } from "@/lib/server/secrets/redaction/secret-scan"

export { REDACTED }

/** Words of the console itself, by the field that they stand in: no secret is told by them, and readers need them. */
const OWN_WORDS: Record<string, ReadonlySet<unknown>> = {
  type: new Set(evidenceBlockSchema.options.map(({ shape }) => shape.type.value)),
  verdict: new Set(["good", "bad", "neutral"]),
  outcome: new Set(["passed", "failed", "errored"]),
  answer: new Set(["done", "untouched", "unknown"]),
}

export interface RedactedStream {
  push(text: string): void
  /** Nothing follows: what was held back goes out, but for the beginning of a secret. */
  end(): void
}

export interface RedactedStreams<S extends string> {
  write(source: S, text: string): void
  end(): void
}

/** Takes secrets out of what is kept and shown, in every form that output knows. */
export class Redactor {
  private readonly secrets: readonly string[]
  private readonly automaton: SecretAutomaton | null

  constructor(secrets: readonly string[]) {
    this.secrets = [...new Set(secrets)]
    const forms = formsOf(this.secrets)
    this.automaton = forms.length === 0 ? null : new SecretAutomaton(forms)
  }

  /** Also takes out these. Itself, where they are known already. */
  with(more: readonly string[]): Redactor {
    return more.every((one) => this.secrets.includes(one)) ? this : new Redactor([...this.secrets, ...more])
  }

  /** Takes out only those of its secrets that have so many characters. */
  onlyFrom(chars: number): Redactor {
    return this.secrets.every((one) => one.length >= chars)
      ? this
      : new Redactor(this.secrets.filter((one) => one.length >= chars))
  }

  /** A text of its own, which may have been cut anywhere. */
  text(text: string): string {
    if (!this.automaton) return text
    let out = ""
    const scan = new SecretScan(this.automaton, (piece) => {
      out += piece
    })
    scan.push(text)
    scan.end()
    return out
  }

  /** Every text in a JSON value, names of fields included. */
  value<T>(value: T): T {
    return this.automaton ? (this.walk(value, "") as T) : value
  }

  private walk(value: unknown, field: string): unknown {
    if (typeof value === "string") return OWN_WORDS[field]?.has(value) ? value : this.textOf(field, value)
    if (Array.isArray(value)) return value.map((part) => this.walk(part, field === "verdicts" ? "verdict" : ""))
    if (value === null || typeof value !== "object") return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [this.name(key), this.walk(part, key)]))
  }

  /** An address stays one that can be shown as a link. */
  private textOf(field: string, value: string): string {
    const text = this.text(value)
    return field === "url" && text !== value && !URL.canParse(text) ? "https://redacted.invalid/" : text
  }

  private name(key: string): string {
    return OWN_FIELDS.has(key) ? key : this.text(key)
  }

  /** For text that comes in pieces: what may be the beginning of a secret waits for the next piece. */
  stream(write: (text: string) => void): RedactedStream {
    if (!this.automaton) return { push: (text) => text && write(text), end: () => undefined }
    const scan = new SecretScan(this.automaton, write)
    return { push: (text) => scan.push(text), end: () => scan.end() }
  }

  /** The outputs of one program as they came, in one text. */
  joined(pieces: readonly { stream: string; text: string }[]): string {
    if (!this.automaton) return pieces.map(({ text }) => text).join("")
    const { automaton } = this
    const clean = pieces.map(() => "")
    const emit = (part: string, at: string) => {
      clean[Number(at)] += part
    }
    const scans = new Map<string, SecretScan>()
    for (const [i, { stream, text }] of pieces.entries()) {
      const scan = scans.get(stream) ?? new SecretScan(automaton, emit)
      scans.set(stream, scan)
      scan.push(text, String(i))
    }
    for (const scan of scans.values()) scan.end()
    return this.text(clean.join(""))
  }

  /** For outputs that people read side by side: a secret begun on one and ended on the other goes as well. */
  streams<S extends string>(write: (source: S, text: string) => void): RedactedStreams<S> {
    if (!this.automaton) return { write: (source, text) => text && write(source, text), end: () => undefined }
    const outputs = new RedactedOutputs(this.automaton, write)
    return { write: (source, text) => outputs.write(source, text), end: () => outputs.end() }
  }
}

const known = new WeakMap<readonly string[], Redactor>()

/** The redactor of these secrets, made once for each array. */
export function redactorOf(secrets: readonly string[]): Redactor {
  const redactor = known.get(secrets) ?? new Redactor(secrets)
  known.set(secrets, redactor)
  return redactor
}

/** Fields of check results and evidence blocks. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...evidenceBlockSchema.options.flatMap(({ shape }) => Object.keys(shape)),
  ...["verdict", "outcome", "summary", "expectations", "blocks", "status", "kind", "what", "expected", "actual", "ok"],
  ...["volatile", "answer", "prompt", "words", "live", "facts", "result", "deploymentId", "version", "commit"],
])
