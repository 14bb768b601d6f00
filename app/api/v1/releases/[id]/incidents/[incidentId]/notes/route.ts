import { route } from "@/lib/server/http-api/route"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"
import { noteIncident } from "@/lib/server/incident/note-incident"

export const dynamic = "force-dynamic"

export const POST = route<IncidentAddress>(({ ctx, params, body }) => noteIncident(ctx, params, body))
