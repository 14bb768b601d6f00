import { route } from "@/lib/server/http-api/route"
import { changeRole } from "@/lib/server/people/change-role"

export const dynamic = "force-dynamic"

export const PUT = route<{ id: string }>(({ ctx, params, body }) => changeRole(ctx, params.id, "give", body))

export const DELETE = route<{ id: string }>(({ ctx, params, body }) => changeRole(ctx, params.id, "take", body))
