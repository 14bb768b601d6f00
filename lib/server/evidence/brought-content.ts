import type { z } from "zod"
import type { addEvidenceRequest } from "@/lib/contracts/api/requests"
import type { EvidenceBlock } from "@/lib/contracts/evidence"

export type Brought = z.output<typeof addEvidenceRequest>
export type BroughtKind = "result" | "link" | "text"

/** What kind of evidence it is: another system's result, a link alone, or somebody's words. */
export function broughtKind({ source, link, text }: Brought, byToken: boolean): BroughtKind {
  if (source !== undefined || byToken) return "result"
  return link !== undefined && !text ? "link" : "text"
}

/** What is kept to be looked at. There is always something: the summary, where there is nothing else. */
export function broughtBlocks({ summary, text, link, facts = [], source }: Brought): EvidenceBlock[] {
  const shown = [...(source === undefined ? [] : [{ label: "Source", value: source }]), ...facts]
  const blocks: EvidenceBlock[] = []
  if (shown.length > 0) {
    blocks.push({ type: "facts", facts: shown.map((fact) => ({ ...fact, verdict: "neutral" })) })
  }
  if (text) blocks.push({ type: "text", text })
  if (link !== undefined) blocks.push({ type: "link", label: summary, url: link })
  return blocks.length > 0 ? blocks : [{ type: "text", text: summary }]
}

/** Facts that say which run it was and how long it took: they differ though nothing was found to be different. */
const OF_THE_RUN = new Set([
  "attempt",
  "build",
  "duration",
  "finished",
  "pipeline",
  "run",
  "run number",
  "started",
  "time",
  "took",
])

/**
 * What was found, for the hash that signatures cover. A system's result is its outcome and its facts: its words (output,
 * counts with seconds in them) and the address of its run differ at every run, and must not void signatures; where it has
 * neither outcome nor facts, its words without addresses are all there is. Of what people bring, every word counts.
 */
export function broughtResult(kind: BroughtKind, brought: Brought): Record<string, unknown> {
  const { outcome = null, summary, text = "", link = null, facts = [], source = null } = brought
  if (kind !== "result") return { outcome, summary, text, link, facts }
  const lasting = facts.filter(({ label }) => !OF_THE_RUN.has(label.toLowerCase()))
  if (outcome !== null || lasting.length > 0) return { outcome, source, facts: lasting }
  return { source, summary: withoutAddresses(summary), text: withoutAddresses(text) }
}

const withoutAddresses = (text: string) => text.replace(/https?:\/\/\S+/gi, "…")
