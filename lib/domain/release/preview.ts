import type { AnyTimelineEvent, NewEvent } from "@/lib/domain/timeline/event"
import { evolve } from "./evolve"
import type { ReleaseState } from "./state"

/**
 * The state as it will be once these events are committed at `at`: numbers, ids and hashes are the commit's, and nothing
 * that is decided by a preview depends on them.
 */
export function preview(before: ReleaseState, events: readonly NewEvent[], at = before.updatedAt): ReleaseState {
  return events.reduce((state: ReleaseState, event) => {
    const envelope = { releaseId: before.id, id: "", at, prevHash: "", hash: "" }
    return evolve(state, { ...event, ...envelope, seq: state.lastSeq + 1 } as AnyTimelineEvent)
  }, before)
}
