import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"

/** Lets the environment be deployed to again; recorded on the release that locked it. */
export function decideUnlock(state: ReleaseState, { reason }: { reason: string }, actor: Actor): Decision {
  if (state.status === "rolling_back") return refuse("conflict", "A rollback is under way.")
  if (!reason.trim()) return refuse("invalid", "Say why it can be deployed to again.", { field: "reason" })
  return { ok: true, events: [{ type: "environment.unlocked", actor, data: { reason: reason.trim() } }] }
}
