import { route } from "@/lib/server/http-api/route"
import { patchItem } from "@/lib/server/checklist/patch-item"

export const dynamic = "force-dynamic"

export const PATCH = route<{ id: string; itemKey: string }>(({ ctx, params, body }) => patchItem(ctx, params.id, params.itemKey, body))
