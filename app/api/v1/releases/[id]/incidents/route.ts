import { route } from "@/lib/server/http-api/route"
import { declareIncident } from "@/lib/server/incident/declare-incident"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => declareIncident(ctx, params.id, body), {
  status: 201,
})
