import { route } from "@/lib/server/http-api/route"
import { pinEvent, unpinEvent } from "@/lib/server/incident/pin-event"

export const dynamic = "force-dynamic"

type PinAddress = { id: string; incidentId: string; seq: string }

export const PUT = route<PinAddress>(({ ctx, params, body }) => pinEvent(ctx, params, body))

export const DELETE = route<PinAddress>(({ ctx, params, body }) => unpinEvent(ctx, params, body))
