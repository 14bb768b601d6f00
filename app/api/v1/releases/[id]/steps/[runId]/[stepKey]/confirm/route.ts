import { route } from "@/lib/server/http-api/route"
import { confirmStep } from "@/lib/server/steps/confirm-step"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; runId: string; stepKey: string }>(({ ctx, params, body }) =>
  confirmStep(ctx, params.id, params, body),
)
