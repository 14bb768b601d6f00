import type { Tone } from "@/lib/domain/timeline/describe"
import { cleanLine, safeJson } from "./clean-text"
import { redact } from "./redact"

export interface Voice {
  /** For people, on stdout. Silent with `--quiet` and `--json`. */
  line(text: string, tone?: Tone): void
  /** How it ended: on stdout like a line, on stderr where stdout is for JSON. */
  closing(text: string, tone: Tone): void
  /** What a script reads, on stdout, also with `--quiet`; not with `--json`. */
  essential(text: string): void
  /** One JSON document on a line, on stdout, only with `--json`. */
  json(value: unknown): void
  /** Beside the matter, on stderr. Silent with `--quiet`. */
  note(text: string): void
  /** What went wrong, on stderr, always. */
  trouble(text: string): void
  debug(text: string): void
}

export interface VoiceOptions {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  quiet: boolean
  json: boolean
  colour: boolean
  debug: boolean
  /** Written as `***`, wherever they turn up. */
  secrets: readonly string[]
}

const SGR: Record<Tone, number> = { neutral: 0, good: 32, bad: 31, warning: 33, busy: 36 }

/** The one way out for words: whatever a server or a file said is made safe here. */
export function createVoice({ stdout, stderr, quiet, json, colour, debug, secrets }: VoiceOptions): Voice {
  const safe = (text: string) => redact(cleanLine(text), secrets)
  const paint = (text: string, tone: Tone) =>
    colour && tone !== "neutral" ? `\u001b[${SGR[tone]}m${text}\u001b[0m` : text
  const line = (text: string, tone: Tone = "neutral") =>
    void (quiet || json || stdout.write(`${paint(safe(text), tone)}\n`))
  const say = (text: string) => stderr.write(`${safe(text)}\n`)
  return {
    line,
    closing: (text, tone) => (json ? quiet || say(text) : line(text, tone)),
    essential: (text) => json || stdout.write(`${safe(text)}\n`),
    json: (value) => json && stdout.write(`${redact(safeJson(value), secrets)}\n`),
    note: (text) => quiet || say(text),
    trouble: (text) => void say(text),
    debug: (text) => debug && say(`debug: ${text}`),
  }
}
