import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { rollbackTarget } from "./rollback-target"

/** Offers a rollback to people, unless one is offered, counting down or under way. */
export function offerRollback(
  state: ReleaseState,
  { reason, doesNotUndo, triggerKey = null }: { reason: string; doesNotUndo: string[]; triggerKey?: string | null },
  actor: Actor,
): NewEvent[] {
  if (state.rollback && ["asked", "counting", "running"].includes(state.rollback.status)) return []
  const target = rollbackTarget(state)
  const data = target.possible
    ? { triggerKey, reason, to: target.to, doesNotUndo }
    : { triggerKey, reason: `${reason} ${target.words}`, to: null, doesNotUndo }
  return [{ type: "rollback.asked", actor, data }]
}
