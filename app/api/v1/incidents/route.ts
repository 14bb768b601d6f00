import { route } from "@/lib/server/http-api/route"
import { listIncidents } from "@/lib/server/incident/list-incidents"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => listIncidents(ctx, query))
