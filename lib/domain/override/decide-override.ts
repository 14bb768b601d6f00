import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { overrideInForce } from "./in-force"

/** How long an approved override lets a start pass. Not scaled: people agree on it by the clock. */
export const OVERRIDE_LASTS_MS = 4 * 3_600_000

/** Asks to start outside the window; a second person must approve. */
export function decideRequestOverride(
  state: ReleaseState,
  { overrideId, reason, nowIso }: { overrideId: string; reason: string; nowIso: string },
  actor: Actor,
): Decision {
  if (state.status !== "preparing")
    return refuse("conflict", "Only a release that is being prepared needs an override.")
  const current = state.override
  if (current && current.expiresAt === null) {
    return refuse("conflict", `${current.requestedBy.name} has already asked; a second person must approve.`)
  }
  if (overrideInForce(current, Date.parse(nowIso))) return refuse("conflict", "An approved override is in force.")
  if (!reason.trim()) return refuse("invalid", "Say why it cannot wait for the window.", { field: "reason" })
  return { ok: true, events: [{ type: "override.requested", actor, data: { overrideId, reason: reason.trim() } }] }
}

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
