import { route } from "@/lib/server/http-api/route"
import { handOverWatch } from "@/lib/server/rounds/hand-over-watch"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => handOverWatch(ctx, params.id, body))
