import { verifyTimeline } from "@/lib/server/audit/verify-timeline"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params, query }) => verifyTimeline(ctx, params.id, query))
