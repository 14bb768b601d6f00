import { putWindows, readWindows } from "@/lib/server/calendar/environment-windows"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { service: string; environment: string }

export const GET = route<Params>(({ ctx, params }) => readWindows(ctx, params))
export const PUT = route<Params>(({ ctx, params, body }) => putWindows(ctx, params, body))
