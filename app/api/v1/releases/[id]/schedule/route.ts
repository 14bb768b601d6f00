import { route } from "@/lib/server/http-api/route"
import { cancelSchedule } from "@/lib/server/schedule/cancel-schedule"
import { setSchedule } from "@/lib/server/schedule/set-schedule"

export const PUT = route<{ id: string }>(({ ctx, params, body }) => setSchedule(ctx, params.id, body))
export const DELETE = route<{ id: string }>(({ ctx, params, body }) => cancelSchedule(ctx, params.id, body))
