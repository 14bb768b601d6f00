import { patchItem } from "@/lib/server/checklist/patch-item"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const PATCH = route<{ id: string; itemKey: string }>(({ ctx, params, body }) =>
  patchItem(ctx, params.id, params.itemKey, body),
)
