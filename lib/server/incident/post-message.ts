import { randomUUID } from "node:crypto"
import { postMessageRequest } from "@/lib/contracts/api/incidents"
import { decideMessage } from "@/lib/domain/incident/decide-message"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Tells the team or customers; which ways it leaves by is for the channels to say. */
export function postMessage(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed<{ messageId: string }>>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.communicate", schema: postMessageRequest, body },
    ({ state, playbook }, { template = null, ...input }, { actor }) => {
      const messageId = randomUUID()
      const templateKeys = (playbook.incident.templates ?? []).map(({ key }) => key)
      const message = { incidentId, messageId, template, ...input }
      return { decision: decideMessage(state, message, { templateKeys }, actor), result: { messageId } }
    },
  )
}
