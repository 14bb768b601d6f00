import { randomUUID } from "node:crypto"
import { cancelReviewRequest, scheduleReviewRequest } from "@/lib/contracts/api/first-days"
import { decideCancelReview, decideMoveReview, decideScheduleReview } from "@/lib/domain/review/decide-review"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { planReview, provedByReview } from "./plan-review"

const action = "review.schedule"

/** Schedules a meeting to look back at the release, or at one of its incidents. */
export function scheduleReview(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeReview(ctx, { releaseId, reviewId: null, body })
}

/** Moves it, or changes who is asked to it: calendars take the newer one. */
export function moveReview(ctx: Context, releaseId: string, reviewId: string, body: unknown): Promise<Result<Changed>> {
  return changeReview(ctx, { releaseId, reviewId, body })
}

export function cancelReview(
  ctx: Context,
  releaseId: string,
  reviewId: string,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action, schema: cancelReviewRequest, body },
    ({ state, playbook }, { reason }, { actor }) =>
      decideCancelReview(state, { reviewId, reason }, { proves: provedByReview(playbook) }, actor),
  )
}

/** `reviewId` null: a new one. */
function changeReview(
  ctx: Context,
  { releaseId, reviewId, body }: { releaseId: string; reviewId: string | null; body: unknown },
): Promise<Result<Changed>> {
  const decide = reviewId === null ? decideScheduleReview : decideMoveReview
  return changeRelease(
    ctx,
    { releaseId, action, schema: scheduleReviewRequest, body },
    async ({ tx, state, playbook, now }, input, { actor }) => {
      const plan = await planReview(tx, reviewId ?? randomUUID(), input)
      if ("ok" in plan) return plan
      return decide(state, plan, { nowIso: now.toISOString(), proves: provedByReview(playbook) }, actor)
    },
  )
}
