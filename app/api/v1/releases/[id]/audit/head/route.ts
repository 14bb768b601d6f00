import { readHead } from "@/lib/server/audit/read-head"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readHead(ctx, params.id))
