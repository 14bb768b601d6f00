import { setRoutes } from "@/lib/server/channels/set-routes"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const PATCH = route<{ service: string }>(({ ctx, params, body }) => setRoutes(ctx, params.service, body))
