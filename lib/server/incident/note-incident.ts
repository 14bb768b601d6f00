import { randomUUID } from "node:crypto"
import { noteIncidentRequest } from "@/lib/contracts/api/incidents"
import { decideNote } from "@/lib/domain/incident/decide-note"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

/** Writes down what somebody saw, thought or did. */
export function noteIncident(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: noteIncidentRequest, body },
    ({ state }, { text }, { actor }) => decideNote(state, { incidentId, noteId: randomUUID(), text }, actor),
  )
}
