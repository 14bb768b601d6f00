import { route } from "@/lib/server/http-api/route"
import { scheduleReview } from "@/lib/server/reviews/schedule-review"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => scheduleReview(ctx, params.id, body), {
  status: 201,
})
