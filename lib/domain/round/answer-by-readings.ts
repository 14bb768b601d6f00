import { isBad, isGood } from "@/lib/domain/metric/evaluate"
import { metricTitles, ruleInWords, valueInWords } from "@/lib/domain/metric/in-words"
import type { MetricRule, Sample } from "@/lib/domain/metric/rule"
import type { EventData } from "@/lib/domain/timeline/event-types"
import type { RoundItem } from "./round-state"

export type RoundResult = EventData<"round.opened">["results"][number]

/** A source that erred this often in a row is broken: what it said before is no answer. */
const ERRORS_IN_A_ROW = 4
/** As many evaluations are waited for before a reading counts as too old. */
const PATIENCE = 3

/**
 * What was measured since the round before, held against the item's limit by its newest reading. `ok` null where nothing
 * can be told: nothing measured, only errors, too old, too few. What was not measured is never fine. Null: the item is no
 * metric's. All in epoch milliseconds; `intervalMs`: how often there is a reading.
 */
export function answerByReadings(
  { key: itemKey, metric, rule }: RoundItem,
  samples: readonly Sample[],
  { sinceMs, nowMs, intervalMs }: { sinceMs: number; nowMs: number; intervalMs: number },
): RoundResult | null {
  if (metric === null) return null
  const title = metricTitles[metric as keyof typeof metricTitles] ?? metric
  const unknown = (why: string): RoundResult => ({ itemKey, ok: null, words: `${title}: ${why} Look yourself.` })
  // In a shortened time a round may be shorter than an evaluation: the last few count all the same.
  const fromMs = Math.min(sinceMs, nowMs - PATIENCE * intervalMs)
  const since = samples
    .filter((sample) => sample.metric === metric && sample.atMs > fromMs && sample.atMs <= nowMs)
    .sort((a, b) => a.atMs - b.atMs)
  const good = since.filter(isGood)
  const newest = good.at(-1)
  const last = since.at(-1)
  if (!last) return unknown("nothing measured it.")
  if (!newest) return unknown(last.words ? `no value (${last.words}).` : "no value.")
  const lastFew = since.slice(-ERRORS_IN_A_ROW)
  if (lastFew.length === ERRORS_IN_A_ROW && lastFew.every(({ status }) => status === "error")) {
    return unknown(`the source fails${last.words ? ` (${last.words})` : ""}.`)
  }
  if (newest.atMs < nowMs - Math.max(PATIENCE * intervalMs, (nowMs - sinceMs) / 2)) {
    return unknown("the last reading is too old.")
  }
  if (!rule) return unknown(`${valueInWords(newest.value, unitOf(metric))}; there is no limit to hold it against.`)
  const value = valueInWords(newest.value, rule.unit)
  if (good.length < rule.minSamples)
    return unknown(`${value}, but ${good.length} of at least ${rule.minSamples} readings.`)
  const requests = good.reduce((sum, { count }) => sum + count, 0)
  if (requests < rule.minRequests) return unknown(`${value}, but ${requests} of at least ${rule.minRequests} requests.`)
  const ok = !isBad(rule, newest.value)
  return { itemKey, ok, words: `${title} ${value} (${limitInWords(rule)})${ok ? worstBefore(rule, good) : "."}` }
}

/** It is fine now, and was not since the last round: whoever reads that it is fine must not miss it. */
function worstBefore(rule: MetricRule, good: readonly { value: number }[]): string {
  const bad = good.filter(({ value }) => isBad(rule, value)).map(({ value }) => value)
  if (bad.length === 0) return "."
  const worst = rule.comparison.startsWith(">") ? Math.max(...bad) : Math.min(...bad)
  return `, ${valueInWords(worst, rule.unit)} at worst since the last round.`
}

function limitInWords(rule: MetricRule): string {
  return rule.comparison.endsWith("=") ? `bad: ${ruleInWords(rule)}` : `limit ${valueInWords(rule.limit, rule.unit)}`
}

function unitOf(metric: string): string {
  if (metric.endsWith("_rate")) return metric === "request_rate" ? "per_second" : "ratio"
  if (metric === "db_pool" || metric === "uptime") return "ratio"
  return metric.endsWith("_p99") ? "ms" : ""
}
