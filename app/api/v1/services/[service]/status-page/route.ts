import { route } from "@/lib/server/http-api/route"
import { putStatusPage } from "@/lib/server/status-page/put-status-page"

export const dynamic = "force-dynamic"

export const PUT = route<{ service: string }>(({ ctx, params, body }) => putStatusPage(ctx, params, body))
