import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { ReleaseState, RunKind } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"

export interface EnvironmentChange {
  activeReleaseId?: string | null
  activeRunId?: string | null
  activeSince?: Date | null
  lockedAt?: Date | null
  lockReason?: string | null
  lockedByName?: string | null
  lockedByReleaseId?: string | null
}

/** The later in this list, the more it matters who holds the environment. */
const HOLDING: readonly RunKind[] = ["deploy", "verify", "rollback"]

/**
 * What a commit changes about the environment: which run holds it (from the folded state) and whether it is locked (from
 * the events). Null: nothing. `taken`: another release holds what this one asks for.
 */
export function environmentChange(
  environment: EnvironmentFacts,
  state: ReleaseState,
  events: readonly AnyTimelineEvent[],
  now: Date,
): { change: EnvironmentChange | null; taken: EnvironmentFacts["active"] } {
  const change: EnvironmentChange = {}
  const holder = holdingRun(state)
  const active = environment.active
  if (holder && active && active.releaseId !== state.id) return { change: null, taken: active }
  if (holder && active?.runId !== holder) {
    Object.assign(change, { activeReleaseId: state.id, activeRunId: holder })
    if (!active) change.activeSince = now
  }
  if (!holder && active?.releaseId === state.id) {
    Object.assign(change, { activeReleaseId: null, activeRunId: null, activeSince: null })
  }
  for (const event of events) {
    if (event.type === "environment.locked") {
      Object.assign(change, {
        lockedAt: now,
        lockReason: event.data.reason,
        lockedByName: actorName(event.actor),
        lockedByReleaseId: state.id,
      })
    } else if (event.type === "environment.unlocked") {
      Object.assign(change, { lockedAt: null, lockReason: null, lockedByName: null, lockedByReleaseId: null })
    }
  }
  return { change: Object.keys(change).length > 0 ? change : null, taken: null }
}

/** The run of this release that nothing else in the environment may cross. A watch holds nothing. */
function holdingRun(state: ReleaseState): string | null {
  if (state.status === "closed") return null
  const under = Object.values(state.runs).filter((run) => run.status === "queued" || run.status === "running")
  for (const kind of HOLDING.toReversed()) {
    const run = under.find((candidate) => candidate.kind === kind)
    if (run) return run.id
  }
  return null
}

function actorName(actor: Actor): string {
  return actor.type === "person" ? actor.name : "Golive"
}
