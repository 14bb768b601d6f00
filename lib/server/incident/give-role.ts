import { giveIncidentRoleRequest } from "@/lib/contracts/api/incidents"
import { decideRole } from "@/lib/domain/incident/decide-role"
import type { Context } from "@/lib/server/access/context"
import { findAssignee } from "@/lib/server/people/find-assignee"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Gives a role of the response to somebody, hands it over, or takes it back. */
export function giveRole(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: giveIncidentRoleRequest, body },
    async ({ tx, state }, { role, personId, note = null }, { actor }) => {
      const person = await findAssignee(tx, personId)
      if (person && "code" in person) return { ok: false, refusal: { ...person, field: "personId" } }
      return decideRole(state, { incidentId, role, person, note }, actor)
    },
  )
}
