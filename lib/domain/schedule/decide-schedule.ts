import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { gate } from "@/lib/domain/gate/gate"
import { windowBlockers } from "@/lib/domain/gate/window-gate"
import { type Decision, type NewTimer, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { hasSigned } from "@/lib/domain/run/decide-deploy"
import { unfinishedRuns } from "@/lib/domain/run/find-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import { type Leads, remindersAhead, scheduleTimes } from "./schedule-times"

/** No team plans further ahead than this; a slip of the year is caught. */
const FURTHEST_MS = 366 * 86_400_000

/**
 * Sets when the release goes live by itself, in the place of an earlier plan. The window is asked for that moment, and
 * again when the time has come; everything else may still be missing. Refusals: not_ready (`detail.blockers`), invalid.
 */
export function decideSchedule(
  state: ReleaseState,
  environment: EnvironmentFacts,
  { scheduleId, startAt, leads, nowIso }: { scheduleId: string; startAt: string; leads: Leads; nowIso: string },
  actor: Actor,
): Decision {
  const nowMs = Date.parse(nowIso)
  const startMs = Date.parse(startAt)
  if (actor.type !== "person") return refuse("forbidden", "Only a person can schedule a go-live.")
  if (state.status !== "preparing") return refuse("conflict", "Only a release that is being prepared is scheduled.")
  if (unfinishedRuns(state, ["start", "deploy"]).length > 0)
    return refuse("conflict", "Its deployment has been started.")
  if (!state.policy.starterMaySign && hasSigned(state, actor.id)) {
    return refuse("forbidden", "A person who signed the release may not schedule its deployment.")
  }
  if (startMs <= nowMs) return refuse("invalid", "The time lies in the past.", { field: "startAt" })
  if (startMs > nowMs + FURTHEST_MS) return refuse("invalid", "That is over a year away.", { field: "startAt" })
  const blockers = windowBlockers(state, environment, startMs)
  if (blockers.length > 0) {
    const message = `At that time nothing may go live. ${blockers.map((blocker) => blocker.message).join(" ")}`
    return refuse("not_ready", message, { field: "startAt", detail: { blockers } })
  }
  const times = scheduleTimes(startAt, leads, nowMs)
  const timer = (kind: NewTimer["kind"], dueAt: string, data: Record<string, unknown> = {}): NewTimer => ({
    kind,
    subject: scheduleId,
    dueAt,
    data,
  })
  return {
    ok: true,
    events: [{ type: "schedule.set", actor, data: { scheduleId, ...times } }],
    cancelTimersOf: state.schedule ? [state.schedule.id] : [],
    timers: [
      ...remindersAhead(startAt, state.timeScale, nowMs).map(({ mark, at }) =>
        timer("schedule_reminder", at, { mark }),
      ),
      timer("schedule_begin", times.preflightAt),
    ],
  }
}

export function decideUnschedule(state: ReleaseState, { reason }: { reason: string }, actor: Actor): Decision {
  const { schedule } = state
  if (!schedule || schedule.status === "expired") return refuse("conflict", "No go-live is scheduled.")
  if (schedule.status === "begun") return refuse("conflict", "The go-live has begun: abort the deployment instead.")
  if (!reason.trim()) return refuse("invalid", "Say why it is cancelled.", { field: "reason" })
  return {
    ok: true,
    events: [{ type: "schedule.cancelled", actor, data: { scheduleId: schedule.id, reason: reason.trim() } }],
    cancelTimersOf: [schedule.id],
  }
}

/** The gate as a scheduled go-live asks it: all of it as it is now, the window as it will be when the deployment begins. */
export function gateForSchedule(state: ReleaseState, environment: EnvironmentFacts, nowMs: number) {
  const startMs = Date.parse(state.schedule?.startAt ?? "")
  return gate(state, environment, nowMs, { windowAtMs: Math.max(nowMs, startMs) })
}
