import { changeSeverityRequest } from "@/lib/contracts/api/incidents"
import { decideSeverity } from "@/lib/domain/incident/decide-severity"
import type { Context } from "@/lib/server/access/context"
import { aftermathFacts } from "@/lib/server/aftermath/aftermath-facts"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Judges an incident worse, or less bad; its escalation follows the plan of the new severity. */
export function changeSeverity(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: changeSeverityRequest, body },
    ({ state, playbook, now }, input, { actor }) => {
      const context = { facts: aftermathFacts(playbook), nowIso: now.toISOString() }
      return decideSeverity(state, { incidentId, ...input }, context, actor)
    },
  )
}
