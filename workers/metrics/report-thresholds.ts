import { redBefore } from "@/lib/domain/metric/baseline"
import { isBad, isGood } from "@/lib/domain/metric/evaluate"
import type { Sample } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideThreshold, thresholdNow, type WatchedThreshold } from "@/lib/domain/threshold/decide-threshold"
import { thresholdId } from "@/lib/domain/threshold/threshold-state"
import { prisma } from "@/lib/server/db"
import { readReadings } from "@/lib/server/runs/read-readings"
import { watchedThresholds } from "@/lib/server/verification/watched-thresholds"
import type { RunContext } from "../runtime/run-context"
import type { RunEnvironment } from "../steps/run-environment"
import { maintenanceOverMs, mayBeInMaintenance } from "./maintenance-now"

/** Long enough for every window, short enough to be looked through at every evaluation. */
const LOOK_BACK_MS = 10 * 60_000
const BASELINE_MS = 30 * 60_000

/**
 * Holds what is measured against the playbook's alert thresholds, once an evaluation, and commits what is new. What was red
 * before the switch says nothing about this release until it was fine once; what maintenance mode explains is no alarm.
 */
export class ThresholdReport {
  private thresholds: WatchedThreshold[] | null = null
  /** Red before the switch, and not fine since. Null: not looked at yet. */
  private redBefore: Set<string> | null = null

  constructor(
    private readonly context: RunContext,
    private readonly environment: Pick<RunEnvironment, "config">,
  ) {}

  async look(state: ReleaseState, samples: readonly Sample[]): Promise<void> {
    if (!state.switchedAt || samples.length === 0 || mayBeInMaintenance(state)) return
    this.thresholds ??= await watchedThresholds(state.playbook.versionId, this.environment.config)
    this.redBefore ??= await this.readRedBefore(state, this.thresholds)
    const nowMs = this.context.clock.nowMs()
    const sinceMs = countsSinceMs(state)
    const longestMs = Math.max(LOOK_BACK_MS, ...this.thresholds.map(({ rule }) => rule.forMs * 3))
    const first = samples.findLastIndex(({ atMs }) => atMs < nowMs - longestMs)
    const recent = samples.slice(first + 1)
    for (const { rule, ...threshold } of this.thresholds) {
      const id = thresholdId(threshold)
      if (this.redBefore.has(id)) {
        if (!wasFine(rule, samples, sinceMs)) continue
        this.redBefore.delete(id)
      }
      const now = thresholdNow(rule, recent, nowMs, { sinceMs })
      if (!now) continue
      // Told of already: no lock is taken for nothing, interval after interval.
      const asked = decideThreshold(state, { threshold, now }, this.context.actor)
      if (!asked.ok || asked.events.length === 0) continue
      await this.context.commit(({ state: locked }) => decideThreshold(locked, { threshold, now }, this.context.actor))
    }
  }

  /** Read again by each worker: what was fine since then is among the samples that it has read back. */
  private async readRedBefore(state: ReleaseState, thresholds: readonly WatchedThreshold[]): Promise<Set<string>> {
    const switchedMs = Date.parse(state.switchedAt ?? "")
    const span = { metrics: null, fromMs: switchedMs - BASELINE_MS, toMs: switchedMs }
    const before = await readReadings(prisma, state, span)
    const red = thresholds.filter(({ rule }) => redBefore(rule, before, switchedMs) !== null)
    return new Set(red.map(thresholdId))
  }
}

function wasFine(rule: WatchedThreshold["rule"], samples: readonly Sample[], sinceMs: number): boolean {
  return samples.some(
    (sample) =>
      sample.metric === rule.metric && sample.atMs > sinceMs && isGood(sample) && !isBad(rule, sample.value ?? 0),
  )
}

/** Since this version is live, and users are let in: errors of the maintenance page are none. */
function countsSinceMs(state: ReleaseState): number {
  const liveSince = state.rollback?.verifiedAt ?? state.switchedAt ?? ""
  return Math.max(Date.parse(liveSince), maintenanceOverMs(state))
}
