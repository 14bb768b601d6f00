import { route } from "@/lib/server/http-api/route"
import { giveRole } from "@/lib/server/incident/give-role"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => giveRole(ctx, params, body))
