import { z } from "zod"
import type { Endpoint } from "./endpoint"
import * as firstDays from "./first-days"
import * as responses from "./responses"

const release = "/releases/{id}"
const changed = { response: responses.changedSchema } as const

/** What can be asked about rounds and reviews. */
export const firstDaysEndpoints: readonly Endpoint[] = [
  {
    method: "post",
    path: `${release}/rounds/{roundKey}/judge`,
    action: "round.judge",
    summary: "Say how an item of a round is",
    body: firstDays.judgeRoundRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/rounds/hand-over`,
    action: "round.judge",
    summary: "Hand the watch of the first day to somebody, or back to whoever is on call",
    body: firstDays.handOverWatchRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/reviews`,
    action: "review.schedule",
    summary: "Schedule a review of the release or of one of its incidents",
    body: firstDays.scheduleReviewRequest,
    status: 201,
    ...changed,
  },
  {
    method: "put",
    path: `${release}/reviews/{reviewId}`,
    action: "review.schedule",
    summary: "Move a review, or change who is asked to it",
    body: firstDays.scheduleReviewRequest,
    ...changed,
  },
  {
    method: "get",
    path: `${release}/reviews/{reviewId}`,
    action: "release.read",
    summary: "A review as iCalendar invitation; the address may end in `.ics`",
    response: z.string(),
    contentType: "text/calendar",
  },
  {
    method: "post",
    path: `${release}/reviews/{reviewId}/cancel`,
    action: "review.schedule",
    summary: "Cancel a review",
    body: firstDays.cancelReviewRequest,
    ...changed,
  },
]
