import { route } from "@/lib/server/http-api/route"
import { changeSeverity } from "@/lib/server/incident/change-severity"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => changeSeverity(ctx, params, body))
