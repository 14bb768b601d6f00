import { route } from "@/lib/server/http-api/route"
import { skipStep } from "@/lib/server/steps/skip-step"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; runId: string; stepKey: string }>(({ ctx, params, body }) =>
  skipStep(ctx, params.id, params, body),
)
