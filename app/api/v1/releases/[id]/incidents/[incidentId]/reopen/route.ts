import { route } from "@/lib/server/http-api/route"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"
import { reopenIncident } from "@/lib/server/incident/reopen-incident"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => reopenIncident(ctx, params, body))
