import { route } from "@/lib/server/http-api/route"
import { endWatch } from "@/lib/server/verification/steer-watch"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => endWatch(ctx, params.id, body))
