import { route } from "@/lib/server/http-api/route"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"
import { postMessage } from "@/lib/server/incident/post-message"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => postMessage(ctx, params, body))
