import { putConfig } from "@/lib/server/environment/put-config"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const PUT = route<{ service: string; environment: string }>(({ ctx, params, body }) =>
  putConfig(ctx, params, body),
)
