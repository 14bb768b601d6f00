import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"

/** Ticks or unticks what a stage of the response asks for. After the incident is resolved, too: its last stage begins there. */
export function decideTick(
  state: ReleaseState,
  tick: { incidentId: string; stageKey: string; action: number; done: boolean },
  actor: Actor,
): Decision {
  const found = findIncident(state, tick.incidentId)
  if (!found.ok) return found
  const stage = found.incident.stages.find(({ key }) => key === tick.stageKey)
  if (!stage) return refuse("invalid", `There is no stage “${tick.stageKey}”.`, { field: "stageKey" })
  const action = stage.actions[tick.action]
  if (!action) {
    return refuse("invalid", `“${stage.title}” has ${stage.actions.length} actions.`, { field: "action" })
  }
  if ((action.done !== null) === tick.done) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "incident.action_ticked", actor, data: tick }] }
}
