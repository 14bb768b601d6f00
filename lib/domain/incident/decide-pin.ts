import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"

/** Marks an event of the release's timeline as part of the incident's story. Other words replace those that it had. */
export function decidePin(
  state: ReleaseState,
  pin: { incidentId: string; seq: number; words: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, pin.incidentId)
  if (!found.ok) return found
  if (!Number.isSafeInteger(pin.seq) || pin.seq < 1 || pin.seq > state.lastSeq) {
    const message = `The timeline has no such event: its last one is number ${state.lastSeq}.`
    return refuse("not_found", message, { field: "seq" })
  }
  const words = pin.words.trim()
  if (!words) return refuse("invalid", "Say what it shows.", { field: "words" })
  const isThere = found.incident.pins.some(({ seq, words: said }) => seq === pin.seq && said === words)
  return { ok: true, events: isThere ? [] : [{ type: "incident.event_pinned", actor, data: { ...pin, words } }] }
}

export function decideUnpin(
  state: ReleaseState,
  { incidentId, seq }: { incidentId: string; seq: number },
  actor: Actor,
): Decision {
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  const isThere = found.incident.pins.some((pin) => pin.seq === seq)
  return { ok: true, events: isThere ? [{ type: "incident.event_unpinned", actor, data: { incidentId, seq } }] : [] }
}
