import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { HttpAnswer } from "../ports"
import { printable } from "../printable"

const SHOWN_CHARS = 4_000
const HIDDEN = new Set(["set-cookie", "authorization", "proxy-authenticate", "www-authenticate", "x-golive-bypass"])

/** The answer as evidence: cookies and the like are there but hidden, long bodies are cut. */
export function showAnswer(answer: HttpAnswer): EvidenceBlock[] {
  const { body, headers, status, url, redirects, tookMs } = answer
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const blocks: EvidenceBlock[] = [
    {
      type: "facts",
      title: "Answer",
      facts: [
        fact("Status", String(status)),
        ...(redirects.length > 0 ? [fact("Answered by", url), fact("Redirects", String(redirects.length))] : []),
        fact("Size", `${Buffer.byteLength(body)} bytes`),
      ],
    },
    { type: "metric", label: "Latency", value: tookMs, unit: "ms", verdict: "neutral" },
    showHeaders(headers),
  ]
  if (body) {
    const leftOutChars = Math.max(0, body.length - SHOWN_CHARS)
    blocks.push({ type: "log", title: "Body", text: printable(body.slice(0, SHOWN_CHARS)), leftOutChars })
  }
  return blocks
}

export function showHeaders(headers: Record<string, string>, title = "Headers of the answer"): EvidenceBlock {
  return {
    type: "table",
    title,
    columns: ["Name", "Value"],
    rows: Object.entries(headers).map(([name, value]) => [name, HIDDEN.has(name) ? "(hidden)" : printable(value)]),
  }
}
