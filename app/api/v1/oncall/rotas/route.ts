import { route } from "@/lib/server/http-api/route"
import { createRota } from "@/lib/server/oncall/create-rota"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => createRota(ctx, body), { status: 201 })
