import { route } from "@/lib/server/http-api/route"
import { markSeen } from "@/lib/server/signoff/mark-seen"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => markSeen(ctx, params.id, body))
