import { route } from "@/lib/server/http-api/route"
import { stopRollback } from "@/lib/server/rollback/stop-rollback"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => stopRollback(ctx, params.id, body))
