import type { Look } from "@/components/status/tones"
import type { SampleLine } from "@/lib/contracts/stream"
import { isBad } from "@/lib/domain/metric/evaluate"
import { valueInWords } from "@/lib/domain/metric/in-words"
import type { MetricRule } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { ThresholdLevel } from "@/lib/domain/threshold/threshold-events"
import { type ThresholdState, thresholdId } from "@/lib/domain/threshold/threshold-state"
import type { Playbook } from "@/lib/playbook/schema"
import { metricRule } from "@/lib/playbook/sections/rule"

export interface ThresholdView {
  id: string
  level: ThresholdLevel
  key: string
  title: string
  /** Null: only a person can say that it is so. */
  rule: MetricRule | null
  /** Null: never breached in this release. */
  state: ThresholdState | null
}

/** The playbook's thresholds of one level with what became of them, breached ones first. */
export function thresholdViews(
  playbook: Playbook,
  thresholds: ReleaseState["thresholds"],
  level: ThresholdLevel,
): ThresholdView[] {
  const views = playbook.thresholds[level].map(({ key, title, rule }) => {
    const id = thresholdId({ level, key })
    return { id, level, key, title, rule: rule ? metricRule(rule) : null, state: thresholds[id] ?? null }
  })
  return [...views.filter(isBreached), ...views.filter((view) => !isBreached(view))]
}

export function isBreached({ state }: Pick<ThresholdView, "state">): boolean {
  return state !== null && state.clearedAt === null
}

/** How a threshold stands, by the record first and by the last reading after it. `watched`: readings come in. */
export function thresholdLook(view: ThresholdView, last: SampleLine | undefined, watched: boolean): Look {
  if (isBreached(view)) return { tone: "fail", word: "Breached" }
  if (!view.rule) return { tone: "none", word: "A person says so" }
  if (!watched) return { tone: "off", word: "Not watched" }
  if (!last) return { tone: "warn", word: "No data" }
  if (last.status === "error") return { tone: "warn", word: "The source failed" }
  if (last.value === null) return { tone: "warn", word: "No data" }
  return isBad(view.rule, last.value) ? { tone: "wait", word: "Beyond it" } : { tone: "pass", word: "Fine" }
}

/** "0.42 %", or why there is none. */
export function readingInWords(rule: MetricRule, samples: readonly SampleLine[]): string {
  const last = samples.findLast(({ value }) => value !== null)
  return last?.value == null ? "no reading yet" : valueInWords(last.value, rule.unit)
}

/** What the console does by itself when one of this level is breached, in words. */
export function onBreachInWords(playbook: Playbook, level: ThresholdLevel): string {
  if (level === "warning") {
    return "Is told to those who want to know and looked into. Where an incident is open, it becomes one more sign of it."
  }
  const steps = playbook.incident.escalation.find(({ severity }) => severity === "critical")?.steps ?? []
  const clocked = steps.filter(({ after }) => after !== undefined)
  const path = clocked.map(({ title, after }) => `${after === "0s" ? "at once" : `after ${after}`}: ${lower(title)}`)
  const declared = "Declares a critical incident"
  return path.length > 0 ? `${declared}; ${path.join("; ")}.` : `${declared}.`
}

const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)
