import { route } from "@/lib/server/http-api/route"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"
import { resolveIncident } from "@/lib/server/incident/resolve-incident"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => resolveIncident(ctx, params, body))
