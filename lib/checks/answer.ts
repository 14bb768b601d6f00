import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { CheckResult, Expectation } from "./ports"

/** It could not be looked at. */
export function errored(why: string, blocks: EvidenceBlock[] = []): CheckResult {
  return { outcome: "errored", summary: why, expectations: [], blocks }
}

/**
 * Passed if everything that was expected is so. The table of expected and actual values comes first among the blocks;
 * a failure names what is wrong in the summary.
 */
export function judged(
  expectations: Expectation[],
  blocks: EvidenceBlock[],
  { passed, captures }: { passed: string; captures?: Record<string, string> },
): CheckResult {
  const bad = expectations.filter(({ ok }) => !ok)
  const [first] = bad
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more)` : ""
  return {
    outcome: first ? "failed" : "passed",
    summary: first ? `${first.what}: expected ${first.expected}, got ${first.actual}${more}` : passed,
    expectations,
    blocks: [expectationTable(expectations), ...blocks],
    ...(captures && !first ? { captures } : {}),
  }
}

function expectationTable(expectations: Expectation[]): EvidenceBlock {
  return {
    type: "table",
    title: "Expected and actual",
    columns: ["What", "Expected", "Actual"],
    rows: expectations.map(({ what, expected, actual }) => [what, expected, actual]),
    verdicts: expectations.map(({ ok }) => (ok ? "good" : "bad")),
  }
}

/** What was found, without what changes by itself: equal when nothing changed. Signatures hold on to its hash. */
export function stableResult({ outcome, expectations }: CheckResult): unknown {
  return {
    outcome,
    expectations: expectations.map(({ what, expected, actual, ok, volatile }) =>
      volatile ? { what, expected, ok } : { what, expected, actual, ok },
    ),
  }
}

/** A text for one cell: cut, and without line breaks. */
export function short(text: string, most = 200): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`
}
