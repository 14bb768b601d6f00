import { isBad, isGood } from "./evaluate"
import { ruleInWords, valueInWords } from "./in-words"
import type { MetricRule, Sample } from "./rule"

/** A single bad reading is a spike, not a state. */
const FEWEST = 2
const MOST = 5

/**
 * Whether a rule was red already at an instant (epoch ms), in words; null: not, or nobody can say. Its last readings before
 * it must all be bad: two at the least, and with the requests that the rule asks for. For how long is not asked: before a
 * deployment there may not be as much time as the rule wants.
 */
export function redBefore(rule: MetricRule, samples: readonly Sample[], atMs: number): string | null {
  const last = samples
    .filter((sample) => sample.metric === rule.metric && sample.atMs <= atMs)
    .filter(isGood)
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-MOST)
  const newest = last.at(-1)
  if (!newest || last.length < FEWEST || last.some(({ value }) => !isBad(rule, value))) return null
  if (last.reduce((sum, { count }) => sum + count, 0) < rule.minRequests) return null
  return `${ruleInWords(rule)}: ${valueInWords(newest.value, rule.unit)} before the switch.`
}
