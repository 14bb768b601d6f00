import { route } from "@/lib/server/http-api/route"
import { approveOverride } from "@/lib/server/override/approve-override"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => approveOverride(ctx, params.id, body))
