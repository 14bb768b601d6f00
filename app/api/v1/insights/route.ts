import { route } from "@/lib/server/http-api/route"
import { readInsights } from "@/lib/server/insights/read-insights"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => readInsights(ctx, query))
