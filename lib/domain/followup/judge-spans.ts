import { isBad } from "@/lib/domain/metric/evaluate"
import { metricTitles, ruleInWords, valueInWords } from "@/lib/domain/metric/in-words"
import type { MetricRule } from "@/lib/domain/metric/rule"

/** The hours of the day that is looked at. */
export const HOURS = 24

export interface MeasuredHour {
  readings: number
  /** Of all readings, by the requests behind each. */
  mean: number
}

/**
 * Whether a figure was stable over the last day: in every hour of it, its mean held. A single bad reading among a day's
 * thousands is no answer to that, nor is a mean of the whole day that hides a bad hour. An hour that was not measured leaves
 * it open.
 */
export function judgeLastDay(rule: MetricRule, hours: readonly MeasuredHour[]): { ok: boolean | null; words: string } {
  const title = metricTitles[rule.metric]
  const measured = hours.filter(({ readings }) => readings >= rule.minSamples)
  const readings = measured.reduce((sum, hour) => sum + hour.readings, 0)
  if (measured.length === 0) return { ok: null, words: `${title}: nothing was measured in the last 24 hours.` }
  const mean = measured.reduce((sum, hour) => sum + hour.mean * hour.readings, 0) / readings
  const means = measured.map((hour) => hour.mean)
  const worst = rule.comparison.startsWith(">") ? Math.max(...means) : Math.min(...means)
  const value = (of: number) => valueInWords(of, rule.unit)
  const words = `${title} ${value(mean)} on average over the last 24 hours, ${value(worst)} in the worst hour (bad: ${ruleInWords(rule)}); ${readings} readings.`
  if (isBad(rule, worst)) return { ok: false, words }
  if (measured.length < HOURS)
    return { ok: null, words: `${words} Measured in ${measured.length} of ${HOURS} hours only.` }
  return { ok: true, words }
}

/** Whether the first day passed without anything critical; `critical`: what there was, in words. */
export function judgeFirstDay(
  critical: readonly string[],
  hours: readonly MeasuredHour[],
): { ok: boolean | null; words: string } {
  if (critical.length > 0) return { ok: false, words: `In the first 24 hours: ${critical.join(", ")}.` }
  const words = "No critical incident and no critical threshold in the first 24 hours."
  if (hours.length < HOURS) {
    return { ok: null, words: `${words} But it was measured in ${hours.length} of ${HOURS} hours only.` }
  }
  return { ok: true, words }
}
