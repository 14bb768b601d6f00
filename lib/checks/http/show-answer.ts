import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { HttpAnswer } from "../ports"
import type { HttpConfig } from "./definition"

const SHOWN_CHARS = 4_000
const HIDDEN = new Set(["set-cookie", "authorization", "proxy-authenticate", "www-authenticate", "x-golive-bypass"])

/** The answer as evidence: cookies and the like are there but hidden, long bodies are cut. */
export function showAnswer(config: HttpConfig, answer: HttpAnswer): EvidenceBlock[] {
  const { body, headers, status, url, redirects, tookMs } = answer
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const blocks: EvidenceBlock[] = [
    {
      type: "facts",
      facts: [
        fact("Request", `${config.method} ${config.url}`),
        fact("Status", String(status)),
        ...(redirects.length > 0 ? [fact("Answered by", url), fact("Redirects", String(redirects.length))] : []),
        fact("Size", `${Buffer.byteLength(body)} bytes`),
      ],
    },
    { type: "metric", label: "Latency", value: tookMs, unit: "ms", verdict: "neutral" },
    {
      type: "table",
      title: "Headers of the answer",
      columns: ["Name", "Value"],
      rows: Object.entries(headers).map(([name, value]) => [name, HIDDEN.has(name) ? "(hidden)" : value]),
    },
  ]
  if (body) {
    const leftOutChars = Math.max(0, body.length - SHOWN_CHARS)
    blocks.push({ type: "log", title: "Body", text: printable(body.slice(0, SHOWN_CHARS)), leftOutChars })
  }
  return blocks
}

/** Bodies may be anything: what is no text is shown as replaced. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\ufffd")
}
