import { reopenIncidentRequest } from "@/lib/contracts/api/incidents"
import { decideReopen } from "@/lib/domain/incident/decide-resolve"
import type { Context } from "@/lib/server/access/context"
import { aftermathFacts } from "@/lib/server/aftermath/aftermath-facts"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** It is back: the escalation begins anew. */
export function reopenIncident(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.resolve", schema: reopenIncidentRequest, body },
    ({ state, playbook, now }, { reason }, { actor }) => {
      const context = { facts: aftermathFacts(playbook), nowIso: now.toISOString() }
      return decideReopen(state, { incidentId, reason }, context, actor)
    },
  )
}
