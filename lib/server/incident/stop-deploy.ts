import { randomUUID } from "node:crypto"
import { stopDeployRequest } from "@/lib/contracts/api/incidents"
import { decideStopDeploy } from "@/lib/domain/incident/decide-stop-deploy"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Ends the deployment that is under way, whoever started it, and notes that on the incident. */
export function stopDeploy(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "deploy.abort", schema: stopDeployRequest, body, lockEnvironment: true },
    ({ state }, { reason }, { actor }) => decideStopDeploy(state, { incidentId, noteId: randomUUID(), reason }, actor),
  )
}
