import { route } from "@/lib/server/http-api/route"
import { listNotices } from "@/lib/server/notices/list-notices"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => listNotices(ctx, query))
