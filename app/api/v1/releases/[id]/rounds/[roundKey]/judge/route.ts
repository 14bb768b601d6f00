import { route } from "@/lib/server/http-api/route"
import { judgeRound } from "@/lib/server/rounds/judge-round"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; roundKey: string }>(({ ctx, params, body }) =>
  judgeRound(ctx, params.id, params.roundKey, body),
)
