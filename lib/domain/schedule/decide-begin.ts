import { decideProof } from "@/lib/domain/checklist/decide-proof"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { Decision, NewTimer } from "@/lib/domain/release/decision"
import type { ReleaseState, Schedule } from "@/lib/domain/release/state"
import { decideStart } from "@/lib/domain/run/decide-deploy"
import type { QueuedRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import { gateForSchedule } from "./decide-schedule"

const CONSOLE: Actor = { type: "console", reason: "the time that was set for the go-live has come" }
/** How often a shut gate is asked again, by the clock of the playbook, and at the least. */
const AGAIN_MS = 60_000
const RENEWED_MS = 10_000
const SOONEST_AGAIN_MS = 1_000

/** The plan that this timer belongs to, if it still waits for its time. */
export function plannedSchedule(state: ReleaseState, scheduleId: string): Schedule | null {
  const { schedule } = state
  return schedule?.id === scheduleId && schedule.status === "planned" ? schedule : null
}

/** It will not happen by itself any more: what was in the way, in words. */
export function decideExpire(scheduleId: string, reason: string): Decision & { ok: true } {
  return {
    ok: true,
    events: [{ type: "schedule.expired", actor: CONSOLE, data: { scheduleId, reason } }],
    cancelTimersOf: [scheduleId],
  }
}

/**
 * Pre-flight of a scheduled go-live is due: the deployment is queued in the name of whoever planned it, its phases with
 * their times. A shut gate is asked again, stale proof is renewed meanwhile; shut until the deployment itself is due, it
 * expires: nobody is surprised by a go-live at another time.
 */
export function decideBegin(
  state: ReleaseState,
  environment: EnvironmentFacts,
  {
    schedule,
    nowIso,
    deploy,
    proof,
  }: { schedule: Schedule; nowIso: string; deploy: QueuedRun; proof: Parameters<typeof decideProof>[1] | null },
  starter: Actor,
): Decision {
  const nowMs = Date.parse(nowIso)
  const answer = gateForSchedule(state, environment, nowMs)
  const blockers = answer.blockers.map(({ message }) => message)
  if (nowMs >= Date.parse(schedule.startAt)) {
    const why = blockers.length > 0 ? blockers.join(" ") : "The time passed before the console could begin."
    return decideExpire(schedule.id, why)
  }
  if (answer.go) {
    const started = decideStart(
      state,
      environment,
      { ...deploy, nowIso, windowAtMs: Date.parse(schedule.startAt) },
      starter,
    )
    if (!started.ok) return decideExpire(schedule.id, started.refusal.message)
    const begun = {
      type: "schedule.begun",
      actor: CONSOLE,
      data: { scheduleId: schedule.id, runId: deploy.runId },
    } as const
    return { ...started, events: [begun, ...started.events], cancelTimersOf: [schedule.id] }
  }
  if (proof && answer.renewable.length > 0) {
    const proved = decideProof(state, proof, CONSOLE)
    if (proved.ok) return { ...proved, timers: [again(state, schedule, nowMs, RENEWED_MS)] }
  }
  const timers = [again(state, schedule, nowMs, AGAIN_MS)]
  if (schedule.held?.blockers.length === blockers.length) return { ok: true, events: [], timers }
  return {
    ok: true,
    events: [{ type: "schedule.held", actor: CONSOLE, data: { scheduleId: schedule.id, blockers } }],
    timers,
  }
}

function again(state: ReleaseState, schedule: Schedule, nowMs: number, afterMs: number): NewTimer {
  const waitMs = Math.max(SOONEST_AGAIN_MS, afterMs * state.timeScale)
  const dueAt = new Date(Math.min(nowMs + waitMs, Date.parse(schedule.startAt))).toISOString()
  return { kind: "schedule_begin", subject: schedule.id, dueAt, data: {} }
}
