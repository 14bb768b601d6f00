import type { MetricRule } from "@/lib/domain/metric/rule"
import { errorRule, person, Timeline } from "@/lib/domain/release/release.fixture"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { RoundResult } from "./answer-by-readings"
import { decideRoundsDue, roundsToOpen } from "./decide-rounds-due"
import { itemsOf } from "./open-items"
import type { RoundBand, RoundItem } from "./round-state"

const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const CONSOLE: Actor = { type: "console", reason: "a round is due" }
export const oz = person("oz", "ops")

const item = (key: string, metric: string | null, rule: MetricRule | null = null): RoundItem => ({
  ...{ key, title: `Look at ${key}`, metric, rule, hasCheck: false },
})
const errors = item("error-rate", "error_rate", { ...errorRule, forMs: 60_000, minRequests: 0 })

/** As in the POSTD playbook: every 5, 15 and 30 minutes over 1, 3 and 20 hours. */
export const bands: RoundBand[] = [
  { key: "first-hour", title: "Hour 0-1", fromMs: 0, toMs: HOUR_MS, everyMs: 5 * MINUTE_MS, items: [errors] },
  {
    ...{ key: "first-hours", title: "Hour 1-4", fromMs: HOUR_MS, toMs: 4 * HOUR_MS, everyMs: 15 * MINUTE_MS },
    items: [errors, item("email", null)],
  },
  {
    ...{ key: "first-day", title: "Hour 4-24", fromMs: 4 * HOUR_MS, toMs: 24 * HOUR_MS, everyMs: 30 * MINUTE_MS },
    items: [errors, item("data-integrity", null)],
  },
]

/** A release that has just gone live. */
export function justLive(planned: RoundBand[] = bands): Timeline {
  const timeline = new Timeline().live()
  timeline.append([{ type: "round.planned", actor: CONSOLE, data: { startsAt: timeline.now, bands: planned } }])
  return timeline
}

/** The readings are fine; items of people are left to people. */
export function allFine(state: ReleaseState, nowMs: number): Record<string, RoundResult[]> {
  const found = roundsToOpen(state, nowMs).map(({ key, bandKey }) => {
    const measured = itemsOf(state.rounds?.bands ?? [], bandKey).filter(({ metric }) => metric !== null)
    return [key, measured.map(({ key: itemKey }): RoundResult => ({ itemKey, ok: true, words: "Fine." }))]
  })
  return Object.fromEntries(found)
}

/** The clock rings. Answers when it wants to ring next, null: never again. */
export function ring(timeline: Timeline): number | null {
  const { state, nowMs } = timeline
  const decision = decideRoundsDue(state, { nowMs, resultsOf: allFine(state, nowMs) }, CONSOLE)
  timeline.tell(decision)
  const [timer, second] = decision.ok ? (decision.timers ?? []) : []
  if (second) throw new Error("more than one timer goes on")
  return timer ? Date.parse(timer.dueAt) : null
}

export const countOf = ({ events }: Timeline, type: string) => events.filter((event) => event.type === type).length
