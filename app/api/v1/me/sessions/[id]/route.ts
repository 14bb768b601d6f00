import { route } from "@/lib/server/http-api/route"
import { endOwnSession } from "@/lib/server/sessions/end-own-sessions"

export const dynamic = "force-dynamic"

export const DELETE = route<{ id: string }>(({ ctx, params }) => endOwnSession(ctx, params.id))
