import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findIncident } from "./find-incident"

/** What somebody saw, thought or did, for those who read it later. */
export function decideNote(
  state: ReleaseState,
  note: { incidentId: string; noteId: string; text: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, note.incidentId)
  if (!found.ok) return found
  const text = note.text.trim()
  if (!text) return refuse("invalid", "The note is empty.", { field: "text" })
  return { ok: true, events: [{ type: "incident.noted", actor, data: { ...note, text } }] }
}
