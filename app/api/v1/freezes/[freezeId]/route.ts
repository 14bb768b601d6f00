import { endFreeze } from "@/lib/server/calendar/end-freeze"
import { patchFreeze } from "@/lib/server/calendar/patch-freeze"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { freezeId: string }

export const PATCH = route<Params>(({ ctx, params, body }) => patchFreeze(ctx, params.freezeId, body))
export const DELETE = route<Params>(({ ctx, params, body }) => endFreeze(ctx, params.freezeId, body))
