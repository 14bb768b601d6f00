import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { declareIncident } from "./declare-incident"
import type { Severity } from "./incident-state"

/**
 * A person saw it: on a release in any status, since what is live can break whenever it likes. Two who declare the same at
 * once have one incident. Refusals: conflict (`detail.incidentId`: the one that is open).
 */
export function decideDeclare(
  state: ReleaseState,
  declaration: { incidentId: string; title: string; severity: Severity; words: string },
  context: { facts: AftermathFacts; nowIso: string },
  actor: Actor,
): Decision {
  const title = declaration.title.trim()
  const words = declaration.words.trim()
  if (!title) return refuse("invalid", "Say what is wrong, in a few words.", { field: "title" })
  if (!words) return refuse("invalid", "Say what was seen.", { field: "words" })
  const same = Object.values(state.incidents).find(
    (other) => other.status !== "resolved" && other.title.toLowerCase() === title.toLowerCase(),
  )
  if (same) {
    return refuse("conflict", `Incident ${same.number}, “${same.title}”, is open already.`, {
      field: "title",
      detail: { incidentId: same.id },
    })
  }
  const { incidentId, severity } = declaration
  const cause = { kind: "person", key: null, words } as const
  return { ok: true, ...declareIncident(state, { incidentId, title, severity, cause }, context, actor) }
}
