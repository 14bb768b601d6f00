import { route } from "@/lib/server/http-api/route"
import { requestOverride } from "@/lib/server/override/request-override"
import { withdrawOverride } from "@/lib/server/override/withdraw-override"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => requestOverride(ctx, params.id, body))

export const DELETE = route<{ id: string }>(({ ctx, params, body }) => withdrawOverride(ctx, params.id, body))
