import { z } from "zod"
import { pinEventRequest } from "@/lib/contracts/api/incidents"
import { decidePin, decideUnpin } from "@/lib/domain/incident/decide-pin"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"

type PinAddress = IncidentAddress & { seq: string }
const unpinRequest = z.strictObject({}).optional()

/** Pins an event of the release's timeline to an incident, or gives a pin other words. */
export function pinEvent(
  ctx: Context,
  { id: releaseId, incidentId, seq }: PinAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: pinEventRequest, body },
    ({ state }, { words }, { actor }) => decidePin(state, { incidentId, seq: seqOf(seq), words }, actor),
  )
}

export function unpinEvent(
  ctx: Context,
  { id: releaseId, incidentId, seq }: PinAddress,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "incident.respond", schema: unpinRequest, body },
    ({ state }, _, { actor }) => decideUnpin(state, { incidentId, seq: seqOf(seq) }, actor),
  )
}

/** What is no number is the number of no event. */
function seqOf(text: string): number {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN
}
