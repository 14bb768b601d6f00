import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideStopCountdown } from "@/lib/domain/rollback/decide-rollback"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { findIncident } from "./find-incident"
import { withClocks } from "./incident-clocks"
import type { Incident } from "./incident-state"

/**
 * It is over: no clock of it goes on. A countdown that its own escalation began is stopped with it, unless going back is how
 * it was resolved.
 */
export function decideResolve(
  state: ReleaseState,
  { nowIso, ...resolution }: EventData<"incident.resolved"> & { nowIso: string },
  actor: Actor,
): Decision {
  const { incidentId, how } = resolution
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  const { incident } = found
  if (incident.resolved) {
    return refuse("conflict", `${incident.resolved.by} has resolved it already.`, {
      detail: { resolved: incident.resolved },
    })
  }
  const words = resolution.words.trim()
  if (!words) return refuse("invalid", "Say how it was resolved.", { field: "words" })
  const stopped =
    how !== "rolled_back" && isCountingDown(state, incident)
      ? decideStopCountdown(state, { reason: `Incident ${incident.number} is resolved: ${words}` }, actor)
      : null
  if (stopped && !stopped.ok) return stopped
  const events = [
    { type: "incident.resolved" as const, actor, data: { ...resolution, words } },
    ...(stopped?.events ?? []),
  ]
  return { ok: true, ...withClocks(state, { incidentId, events, nowIso }) }
}

/** It is back: its escalation begins anew from this moment, with every level. */
export function decideReopen(
  state: ReleaseState,
  request: { incidentId: string; reason: string },
  { facts, nowIso }: { facts: AftermathFacts; nowIso: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, request.incidentId)
  if (!found.ok) return found
  const { status, severity } = found.incident
  if (status !== "resolved") return refuse("conflict", "The incident is not resolved.")
  const reason = request.reason.trim()
  if (!reason) return refuse("invalid", "Say why it is open again.", { field: "reason" })
  const data = { incidentId: request.incidentId, reason, plan: facts.plans[severity] }
  const events = [{ type: "incident.reopened" as const, actor, data }]
  return { ok: true, ...withClocks(state, { incidentId: request.incidentId, events, nowIso }) }
}

/** Of all countdowns only those of an escalation name no trigger. */
function isCountingDown({ rollback }: ReleaseState, { levels }: Incident): boolean {
  if (rollback?.status !== "counting" || rollback.triggerKey !== null) return false
  return levels.some(({ action, status }) => action === "rollback" && status === "acted")
}
