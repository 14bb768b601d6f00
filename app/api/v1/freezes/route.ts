import { createFreeze } from "@/lib/server/calendar/create-freeze"
import { listFreezes } from "@/lib/server/calendar/list-freezes"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => listFreezes(ctx, query))
export const POST = route(({ ctx, body }) => createFreeze(ctx, body), { status: 201 })
