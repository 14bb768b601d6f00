import { route } from "@/lib/server/http-api/route"
import { acknowledgeIncident } from "@/lib/server/incident/acknowledge-incident"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => acknowledgeIncident(ctx, params, body))
