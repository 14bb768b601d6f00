import { attachment } from "@/lib/server/http-api/download"
import { route } from "@/lib/server/http-api/route"
import { readReviewCalendar } from "@/lib/server/reviews/read-review-calendar"
import { moveReview } from "@/lib/server/reviews/schedule-review"

export const dynamic = "force-dynamic"

/** The address may end in `.ics`: some calendars look at that, and not at the content type. */
export const GET = route<{ id: string; reviewId: string }>(async ({ ctx, params }) => {
  const found = await readReviewCalendar(ctx, params.id, params.reviewId.replace(/\.ics$/, ""))
  if (!found.ok) return found
  const { text, name } = found.value
  return new Response(text, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": attachment(name),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  })
})
export const PUT = route<{ id: string; reviewId: string }>(({ ctx, params, body }) =>
  moveReview(ctx, params.id, params.reviewId, body),
)
