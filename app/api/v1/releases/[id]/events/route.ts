import { readTimeline } from "@/lib/server/events/read-timeline"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params, query }) => readTimeline(ctx, params.id, query))
