import { route } from "@/lib/server/http-api/route"
import { extendWatch } from "@/lib/server/verification/steer-watch"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => extendWatch(ctx, params.id, body))
