import { unlockEnvironment } from "@/lib/server/environment/unlock-environment"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ service: string; environment: string }>(({ ctx, params, body }) =>
  unlockEnvironment(ctx, params, body),
)
