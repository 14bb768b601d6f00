import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"

/** Records what the repository was given, so that exactly this commit is deployed. Recorded already: nothing more to do. */
export function decideReverted(
  state: ReleaseState,
  { runId, commit, branch }: { runId: string; commit: string; branch: string },
  actor: Actor,
): Decision {
  if (state.rollback?.runId !== runId || state.rollback.to?.commit === commit) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "rollback.reverted", actor, data: { runId, commit, branch } }] }
}
