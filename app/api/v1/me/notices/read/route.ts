import { route } from "@/lib/server/http-api/route"
import { markRead } from "@/lib/server/notices/mark-read"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => markRead(ctx, body))
