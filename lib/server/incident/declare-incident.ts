import { randomUUID } from "node:crypto"
import { declareIncidentRequest } from "@/lib/contracts/api/incidents"
import { decideDeclare } from "@/lib/domain/incident/decide-declare"
import type { Context } from "@/lib/server/access/context"
import { aftermathFacts } from "@/lib/server/aftermath/aftermath-facts"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Declares an incident and sets the clocks of its escalation. */
export function declareIncident(
  ctx: Context,
  releaseId: string,
  body: unknown,
): Promise<Result<Changed<{ incidentId: string }>>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.declare", schema: declareIncidentRequest, body },
    ({ state, playbook, now }, input, { actor }) => {
      const incidentId = randomUUID()
      const context = { facts: aftermathFacts(playbook), nowIso: now.toISOString() }
      return { decision: decideDeclare(state, { incidentId, ...input }, context, actor), result: { incidentId } }
    },
  )
}
