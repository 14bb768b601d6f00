import { route } from "@/lib/server/http-api/route"
import { endDelegation } from "@/lib/server/signoff/end-delegation"

export const dynamic = "force-dynamic"

export const DELETE = route<{ id: string }>(({ ctx, params, body }) => endDelegation(ctx, params.id, body))
