import { tickIncidentActionRequest } from "@/lib/contracts/api/incidents"
import { decideTick } from "@/lib/domain/incident/decide-tick"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Ticks or unticks an action of a stage. */
export function tickAction(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: tickIncidentActionRequest, body },
    ({ state }, input, { actor }) => decideTick(state, { incidentId, ...input }, actor),
  )
}
