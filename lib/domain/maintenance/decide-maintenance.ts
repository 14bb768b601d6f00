import type { Decision } from "@/lib/domain/release/decision"
import { elapsedMs } from "@/lib/domain/release/fold"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"

/** The timer's subject: it goes when maintenance is off. */
const OVERDUE = "maintenance"

/**
 * Records that users see the maintenance page, and sets the timer that tells people when it has been there for as long as
 * it may. On already: nothing more to do.
 */
export function decideMaintenanceOn(
  state: ReleaseState,
  { message, provider, nowIso }: { message: string; provider: string; nowIso: string },
  actor: Actor,
): Decision {
  if (state.maintenance.on) return { ok: true, events: [] }
  const leftMs = Math.max(0, state.budgets.downtimeMaxMs - state.maintenance.downtimeMs)
  const dueAt = new Date(Date.parse(nowIso) + leftMs).toISOString()
  return {
    ok: true,
    events: [{ type: "maintenance.turned_on", actor, data: { message, provider } }],
    cancelTimersOf: [OVERDUE],
    timers: [{ kind: "maintenance_overdue", subject: OVERDUE, dueAt, data: {} }],
  }
}

/** The budget is used up and it is still on: people are told, once. Nothing is turned off: what is behind it is not known. */
export function decideMaintenanceOverdue(state: ReleaseState, { nowIso }: { nowIso: string }, actor: Actor): Decision {
  const { on, since, overdueAt, downtimeMs } = state.maintenance
  if (!on || since === null || overdueAt !== null) return { ok: true, events: [] }
  const data = { downtimeMs: downtimeMs + elapsedMs(since, nowIso) }
  return { ok: true, events: [{ type: "maintenance.overdue", actor, data }] }
}

/** Records that users see the service again. Never blocked by anything. */
export function decideMaintenanceOff(state: ReleaseState, { provider }: { provider: string }, actor: Actor): Decision {
  if (!state.maintenance.on) return { ok: true, events: [] }
  return {
    ok: true,
    events: [{ type: "maintenance.turned_off", actor, data: { provider } }],
    cancelTimersOf: [OVERDUE],
  }
}
