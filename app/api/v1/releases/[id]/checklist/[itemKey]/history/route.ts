import { readHistory } from "@/lib/server/checklist/read-history"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string; itemKey: string }>(({ ctx, params, query }) =>
  readHistory(ctx, params.id, params.itemKey, query),
)
