import { route } from "@/lib/server/http-api/route"
import { readSince } from "@/lib/server/signoff/read-since"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params, query }) => readSince(ctx, params.id, query))
