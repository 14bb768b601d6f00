import { route } from "@/lib/server/http-api/route"
import { cancelReview } from "@/lib/server/reviews/schedule-review"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; reviewId: string }>(({ ctx, params, body }) =>
  cancelReview(ctx, params.id, params.reviewId, body),
)
