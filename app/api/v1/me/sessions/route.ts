import { route } from "@/lib/server/http-api/route"
import { endOtherSessions } from "@/lib/server/sessions/end-own-sessions"
import { listSessions } from "@/lib/server/sessions/list-sessions"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listSessions(ctx))

export const DELETE = route(({ ctx, body }) => endOtherSessions(ctx, body))
