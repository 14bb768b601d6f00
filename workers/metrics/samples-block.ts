import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { countSamples } from "@/lib/domain/metric/count-samples"
import { ruleInWords } from "@/lib/domain/metric/in-words"
import type { Sample } from "@/lib/domain/metric/rule"
import type { WatchedRule } from "@/lib/domain/metric/verdict-of-watch"

/** What a verdict rests on: the readings of each rule, counted apart. */
export function samplesBlock(
  rules: readonly WatchedRule[],
  samples: readonly Sample[],
  span: { fromMs: number; toMs: number },
): EvidenceBlock {
  return {
    type: "table",
    title: "Readings behind the verdict",
    columns: ["Rule", "Good", "Bad", "Errors", "No data"],
    rows: rules.map(({ title, rule }) => {
      const { good, bad, errors, noData } = countSamples(rule, samples, span)
      return [`${title} (bad: ${ruleInWords(rule)})`, ...[good, bad, errors, noData].map(String)]
    }),
  }
}
