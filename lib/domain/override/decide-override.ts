import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { freezeStatus } from "@/lib/domain/window/freeze-status"
import { overrideInForce } from "./in-force"

/** How long an approved override lets a start pass. Not scaled: people agree on it by the clock. */
export const OVERRIDE_LASTS_MS = 4 * 3_600_000

/**
 * Asks to start outside the window and in the freezes in force, which it names: all of them, since with one left out it would
 * open nothing. A second person must approve. Refusals: stale (`detail.freezes`: what is in force and was not named).
 */
export function decideRequestOverride(
  state: ReleaseState,
  environment: Pick<EnvironmentFacts, "freezes">,
  request: { overrideId: string; reason: string; freezeIds: readonly string[]; nowIso: string },
  actor: Actor,
): Decision {
  const { overrideId, nowIso } = request
  const reason = request.reason.trim()
  const nowMs = Date.parse(nowIso)
  if (state.status !== "preparing")
    return refuse("conflict", "Only a release that is being prepared needs an override.")
  const current = state.override
  if (current && current.expiresAt === null) {
    return refuse("conflict", `${current.requestedBy.name} has already asked; a second person must approve.`)
  }
  const inForce = freezeStatus(environment.freezes, nowMs).inForce.map(({ freeze }) => freeze)
  const covered = overrideInForce(current, nowMs) && inForce.every(({ id }) => current.freezeIds.includes(id))
  const changed = inForce.some(({ changedAt }) => Date.parse(changedAt) > Date.parse(current?.requestedAt ?? nowIso))
  if (covered && !changed) return refuse("conflict", "An approved override is in force.")
  if (!reason) return refuse("invalid", "Say why it cannot wait.", { field: "reason" })
  const freezeIds = [...new Set(request.freezeIds)]
  const strange = freezeIds.find((id) => !inForce.some((freeze) => freeze.id === id))
  if (strange !== undefined) return refuse("invalid", "It names a freeze that is not in force.", { field: "freezeIds" })
  const unnamed = inForce.filter(({ id }) => !freezeIds.includes(id))
  if (unnamed.length > 0) {
    const names = unnamed.map(({ name }) => `“${name}”`).join(", ")
    return refuse("stale", `Frozen by ${names}, which the request does not name.`, {
      field: "freezeIds",
      detail: { freezes: unnamed.map(({ id, name }) => ({ id, name })) },
    })
  }
  const data = { overrideId, reason, ...(freezeIds.length > 0 ? { freezeIds } : {}) }
  return { ok: true, events: [{ type: "override.requested", actor, data }] }
}

/** The second person's yes: never of the one who asked, in whatever role. */
export function decideApproveOverride(
  state: ReleaseState,
  { overrideId, nowIso }: { overrideId: string; nowIso: string },
  actor: Actor,
): Decision {
  const current = state.override
  if (!current) return refuse("not_found", "Nobody has asked for an override, or it was withdrawn.")
  if (current.id !== overrideId) {
    return refuse("stale", "This request was replaced by another one.", { detail: { current } })
  }
  if (state.status !== "preparing") return refuse("conflict", "The release is no longer being prepared.")
  if (current.approvedBy) return refuse("conflict", `${current.approvedBy.name} has already approved it.`)
  if (actor.type !== "person") return refuse("forbidden", "Only a person can approve an override.")
  if (current.requestedBy.id === actor.id) {
    return refuse("forbidden", "The person who asked may not approve: it needs a second person.")
  }
  const expiresAt = new Date(Date.parse(nowIso) + OVERRIDE_LASTS_MS).toISOString()
  return { ok: true, events: [{ type: "override.approved", actor, data: { overrideId, expiresAt } }] }
}

export function decideWithdrawOverride(
  state: ReleaseState,
  { overrideId, reason }: { overrideId: string; reason: string },
  actor: Actor,
): Decision {
  if (state.override?.id !== overrideId) return refuse("not_found", "There is no such override.")
  if (!reason.trim()) return refuse("invalid", "Say why it is withdrawn.", { field: "reason" })
  return { ok: true, events: [{ type: "override.withdrawn", actor, data: { overrideId, reason: reason.trim() } }] }
}
