import { acknowledgeIncidentRequest } from "@/lib/contracts/api/incidents"
import { decideAcknowledge } from "@/lib/domain/incident/decide-acknowledge"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Says that somebody is on it: nobody is paged until the interval is over. */
export function acknowledgeIncident(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: acknowledgeIncidentRequest, body },
    ({ state, now }, input, { actor }) =>
      decideAcknowledge(state, { incidentId, note: input?.note ?? null, nowIso: now.toISOString() }, actor),
  )
}
