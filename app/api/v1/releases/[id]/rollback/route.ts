import { route } from "@/lib/server/http-api/route"
import { startRollback } from "@/lib/server/rollback/start-rollback"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => startRollback(ctx, params.id, body), {
  status: 202,
})
