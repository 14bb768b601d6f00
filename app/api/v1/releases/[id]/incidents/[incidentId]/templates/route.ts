import { route } from "@/lib/server/http-api/route"
import type { IncidentAddress } from "@/lib/server/incident/incident-address"
import { readTemplates } from "@/lib/server/incident/read-templates"

export const dynamic = "force-dynamic"

export const GET = route<IncidentAddress>(({ ctx, params }) => readTemplates(ctx, params))
