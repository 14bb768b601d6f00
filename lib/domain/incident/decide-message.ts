import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { findIncident } from "./find-incident"

/** Tells the team or customers. `templateKeys`: the templates that the playbook knows. */
export function decideMessage(
  state: ReleaseState,
  message: EventData<"incident.message_posted">,
  { templateKeys }: { templateKeys: readonly string[] },
  actor: Actor,
): Decision {
  const found = findIncident(state, message.incidentId)
  if (!found.ok) return found
  const title = message.title.trim()
  const text = message.text.trim()
  if (!title) return refuse("invalid", "The message has no title.", { field: "title" })
  if (!text) return refuse("invalid", "The message is empty.", { field: "text" })
  if (message.template !== null && !templateKeys.includes(message.template)) {
    return refuse("invalid", `The playbook has no template “${message.template}”.`, { field: "template" })
  }
  return { ok: true, events: [{ type: "incident.message_posted", actor, data: { ...message, title, text } }] }
}
