import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { Expectation } from "../ports"
import type { Findings } from "./findings"

/** One place that logs come from, looked at. */
export interface Looked {
  /** `logs/*.log`, `the output of node …` */
  name: string
  findings: Findings
  /** What else was expected of it: that it is there, whole, and has text. */
  expectations: Expectation[]
  facts: { label: string; value: string }[]
  blocks: EvidenceBlock[]
  /** The same commit may write another log: when its lines come is not said. */
  isVolatile: boolean
}

/** Where nothing could be looked at, nothing was proved. */
export function nothingIn(expected: string, actual: string): Expectation {
  return { what: "Text to look at", expected, actual, ok: false }
}
