import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"

/** Records that users see the maintenance page. On already: nothing more to do. */
export function decideMaintenanceOn(
  state: ReleaseState,
  { message, provider }: { message: string; provider: string },
  actor: Actor,
): Decision {
  if (state.maintenance.on) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "maintenance.turned_on", actor, data: { message, provider } }] }
}

/** Records that users see the service again. Never blocked by anything. */
export function decideMaintenanceOff(state: ReleaseState, { provider }: { provider: string }, actor: Actor): Decision {
  if (!state.maintenance.on) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "maintenance.turned_off", actor, data: { provider } }] }
}
