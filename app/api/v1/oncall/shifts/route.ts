import { route } from "@/lib/server/http-api/route"
import { readShifts } from "@/lib/server/oncall/read-shifts"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => readShifts(ctx, query))
