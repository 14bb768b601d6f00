import { route } from "@/lib/server/http-api/route"
import { addIncidentAction } from "@/lib/server/report/add-incident-action"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; incidentId: string }>(
  ({ ctx, params, body }) => addIncidentAction(ctx, params.id, params.incidentId, body),
  { status: 201 },
)
