import { proveItems } from "@/lib/server/checklist/prove-items"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => proveItems(ctx, params.id, body), { status: 202 })
