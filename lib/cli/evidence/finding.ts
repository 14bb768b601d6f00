/** What a look at something came to. */
export interface Finding {
  outcome: "passed" | "failed"
  /** One sentence. */
  summary: string
  facts: { label: string; value: string }[]
  /** More of it; null: there is no more to say. */
  text: string | null
}

/** Several as one: it passed if all did. */
export function joinFindings(findings: readonly Finding[]): Finding | null {
  const [first, ...rest] = findings
  return rest.reduce<Finding | null>(
    (joined, next) =>
      joined && {
        outcome: joined.outcome === "failed" ? "failed" : next.outcome,
        summary: `${joined.summary} ${next.summary}`,
        facts: [...joined.facts, ...next.facts],
        text: [joined.text, next.text].filter(Boolean).join("\n\n") || null,
      },
    first ?? null,
  )
}
