import { cleanText } from "../clean-text"
import type { Values } from "../options"
import { redact } from "../redact"
import { type CiJob, webLink } from "./detect-ci"
import type { Finding } from "./finding"

const MOST = { summary: 400, text: 100_000, label: 120, value: 1_000, facts: 50, source: 120 }

export interface EvidenceBody {
  outcome?: "passed" | "failed"
  summary: string
  text?: string
  link?: string
  facts?: { label: string; value: string }[]
  source?: string
  at?: string
}

/** What is sent to the console: what the person said, what was found, and what the CI system says of its job. */
export function evidenceBody(
  values: Values,
  {
    finding,
    text,
    ci,
    secrets,
  }: { finding: Finding | null; text: string | null; ci: CiJob | null; secrets: readonly string[] },
): EvidenceBody {
  const safe = (raw: string, most: number) => shorten(redact(cleanText(raw), secrets).trim(), most)
  const said = values.text("outcome")
  const outcome = finding?.outcome ?? (said === "passed" || said === "failed" ? said : undefined)
  const facts = [...values.list("fact").map(readFact), ...(finding?.facts ?? []), ...(ci?.facts ?? [])]
    .map(({ label, value }) => ({ label: safe(label, MOST.label), value: safe(value, MOST.value) }))
    .filter(({ label }) => label !== "")
  const whole = [text, finding?.text].filter(Boolean).join("\n\n")
  const link = webLink(values.text("link") ?? "") ?? ci?.link ?? undefined
  const source = safe(values.text("source") ?? ci?.source ?? "", MOST.source)
  const at = values.text("at")
  return {
    ...(outcome ? { outcome } : {}),
    summary: safe(values.text("summary") ?? finding?.summary ?? ownWords(outcome, ci), MOST.summary),
    ...(whole.trim() ? { text: safe(whole, MOST.text) } : {}),
    ...(link ? { link } : {}),
    ...(facts.length > 0 ? { facts: facts.slice(0, MOST.facts) } : {}),
    ...(source ? { source } : {}),
    ...(at ? { at: new Date(at).toISOString() } : {}),
  }
}

/** `label=value`; the value may hold further equals signs. */
export function readFact(text: string): { label: string; value: string } {
  const at = text.indexOf("=")
  return { label: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }
}

function ownWords(outcome: string | undefined, ci: CiJob | null): string {
  const where = ci ? ` in ${ci.source}${ci.job ? `, job ${ci.job}` : ""}` : ""
  return outcome ? `It ${outcome}${where}.` : `Brought${where || " from the command line"}.`
}

/** Text that is too long loses its middle: beginnings say what it is, ends how it went. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  if (most < 2_000) return `${text.slice(0, most - 1)}…`.toWellFormed()
  const note = `\n… ${text.length - most} characters are left out …\n`
  const head = Math.floor(most / 4)
  return `${text.slice(0, head)}${note}${text.slice(-(most - head - note.length))}`.toWellFormed()
}
