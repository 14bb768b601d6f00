import { route } from "@/lib/server/http-api/route"
import { endSessionsOf } from "@/lib/server/sessions/end-sessions-of"

export const dynamic = "force-dynamic"

export const DELETE = route<{ id: string }>(({ ctx, params }) => endSessionsOf(ctx, params.id))
