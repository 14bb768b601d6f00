import { resolveIncidentRequest } from "@/lib/contracts/api/incidents"
import { decideResolve } from "@/lib/domain/incident/decide-resolve"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Says that it is over and how: no clock of it goes on, and a countdown that it began is stopped. */
export function resolveIncident(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.resolve", schema: resolveIncidentRequest, body },
    ({ state, now }, input, { actor }) =>
      decideResolve(state, { incidentId, ...input, nowIso: now.toISOString() }, actor),
  )
}
