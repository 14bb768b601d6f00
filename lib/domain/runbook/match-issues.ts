import type { MetricName } from "@/lib/domain/metric/rule"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { itemsOf } from "@/lib/domain/round/open-items"

export interface CommonIssue {
  key: string
  issue: string
  symptoms: string
  solution: string
  metrics?: readonly MetricName[] | undefined
}

/** Something that is not fine now: a trigger, a threshold or an item of the last round. */
export interface FiringAlert {
  kind: "trigger" | "threshold" | "round"
  title: string
  metric: string | null
  words: string
}

export interface MatchedIssue extends CommonIssue {
  /** Because of what it is shown, in words; empty: it is one of the others. */
  because: string[]
}

/** Words that say the same of a symptom in the document's own language. */
const synonyms: readonly (readonly string[])[] = [
  ["database", "db", "query", "queries"],
  ["oauth"],
  ["queue", "backlog", "job", "jobs"],
  ["memory", "leak", "leaks"],
  ["rate limiting", "rate limit", "429"],
]

/** Thresholds are no part of the state with their metrics: their playbook says which. */
export function firingAlerts(
  state: Pick<ReleaseState, "triggers" | "thresholds" | "rounds">,
  metricOf: (threshold: { level: string; key: string }) => string | null,
): FiringAlert[] {
  const triggers = Object.values(state.triggers).flatMap(({ title, rule, armed, breach }): FiringAlert[] =>
    armed && breach ? [{ kind: "trigger", title, metric: rule?.metric ?? null, words: breach.words }] : [],
  )
  const thresholds = Object.values(state.thresholds).flatMap((threshold): FiringAlert[] => {
    const { title, words, clearedAt } = threshold
    return clearedAt === null ? [{ kind: "threshold", title, metric: metricOf(threshold), words }] : []
  })
  return [...triggers, ...thresholds, ...badRoundItems(state)]
}

function badRoundItems({ rounds }: Pick<ReleaseState, "rounds">): FiringAlert[] {
  const last = rounds && own(rounds.rounds, rounds.order.at(-1) ?? "")
  if (!rounds || rounds.ended || !last) return []
  return itemsOf(rounds.bands, last.bandKey).flatMap(({ key, title, metric }): FiringAlert[] => {
    const judged = own(last.judged, key)
    return judged?.ok === false ? [{ kind: "round", title, metric, words: judged.words ?? title }] : []
  })
}

/**
 * The common issues, those first that fit what is firing: by the metrics that the playbook names for them, else by the words
 * that both use. The one that fits most comes first; the others keep the playbook's order.
 */
export function matchIssues(issues: readonly CommonIssue[], alerts: readonly FiringAlert[]): MatchedIssue[] {
  const matched = issues.map((issue): MatchedIssue => {
    const because = alerts.filter((alert) => fits(issue, alert)).map(({ words }) => words)
    return { ...issue, because: [...new Set(because)] }
  })
  return matched.sort((a, b) => b.because.length - a.because.length)
}

function fits({ issue, symptoms, metrics }: CommonIssue, { title, metric, words }: FiringAlert): boolean {
  if (metric !== null && metrics !== undefined) return metrics.some((each) => each === metric)
  const said = `${issue} ${symptoms}`
  const seen = `${title} ${words} ${(metric ?? "").replaceAll("_", " ")}`
  return synonyms.some((group) => mentions(said, group) && mentions(seen, group))
}

function mentions(text: string, group: readonly string[]): boolean {
  const words = ` ${text.toLowerCase().replaceAll(/[^a-z0-9]+/g, " ")} `
  return group.some((word) => words.includes(` ${word} `))
}
