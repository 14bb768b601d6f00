import { requestCheck } from "@/lib/server/checklist/request-check"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; itemKey: string }>(({ ctx, params, body }) =>
  requestCheck(ctx, params.id, params.itemKey, body),
)
