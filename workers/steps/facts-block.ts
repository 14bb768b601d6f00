import type { EvidenceBlock } from "@/lib/contracts/evidence"

/** Facts to look at, about which nothing was expected. */
export function factsBlock(facts: readonly { label: string; value: string }[]): EvidenceBlock {
  return { type: "facts", facts: facts.map((fact) => ({ ...fact, verdict: "neutral" })) }
}
