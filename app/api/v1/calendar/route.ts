import { readCalendar } from "@/lib/server/calendar/read-calendar"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => readCalendar(ctx, query))
