import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Incident } from "./incident-state"

type Refused = Extract<Decision, { ok: false }>

/** The incident of a release, or the refusal that says there is none. */
export function findIncident(state: ReleaseState, incidentId: string): { ok: true; incident: Incident } | Refused {
  const incident = own(state.incidents, incidentId)
  return incident ? { ok: true, incident } : refuse("not_found", "There is no such incident of this release.")
}
