import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { activeReviews } from "./active-reviews"

export interface ReviewPlan {
  reviewId: string
  /** Null: of the release. */
  incidentId: string | null
  title: string
  startAt: string
  durationMs: number
  people: PersonRef[]
  place: string | null
}

interface Facts {
  nowIso: string
  /** Follow-ups that are done once a review of the release is scheduled. */
  proves: readonly string[]
}

/** A meeting to look back. Allowed after the release is closed, too. */
export function decideScheduleReview(state: ReleaseState, plan: ReviewPlan, facts: Facts, actor: Actor): Decision {
  const wrong = refusalOf(state, plan, facts)
  if (wrong) return wrong
  return { ok: true, events: [scheduled(plan, actor), ...ticked(state, plan, facts, actor)] }
}

/** Another time, other people. Nothing different: nothing to do. */
export function decideMoveReview(state: ReleaseState, plan: ReviewPlan, facts: Facts, actor: Actor): Decision {
  const review = own(state.reviews, plan.reviewId)
  if (!review) return refuse("not_found", "There is no such review.")
  if (review.cancelled)
    return refuse("conflict", "The review was cancelled: schedule another one.", { detail: { review } })
  const { reviewId: _, ...wished } = plan
  const isSo = Object.entries(wished).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(review[name as keyof typeof wished]),
  )
  if (isSo) return { ok: true, events: [] }
  return refusalOf(state, plan, facts) ?? { ok: true, events: [scheduled(plan, actor)] }
}

/** What was done because a review stood is open again once none does. */
export function decideCancelReview(
  state: ReleaseState,
  { reviewId, reason }: { reviewId: string; reason: string },
  { proves }: Pick<Facts, "proves">,
  actor: Actor,
): Decision {
  const review = own(state.reviews, reviewId)
  if (!review) return refuse("not_found", "There is no such review.")
  if (review.cancelled) return refuse("conflict", "The review was cancelled already.", { detail: { review } })
  const isLast = activeReviews(state).every(({ id }) => id === reviewId)
  const reopened = review.incidentId === null && isLast ? proves.filter((key) => own(state.followups, key)?.done) : []
  return {
    ok: true,
    events: [
      { type: "review.cancelled", actor, data: { reviewId, reason } },
      ...reopened.map((followupKey): NewEvent => {
        return { type: "followup.reopened", actor, data: { followupKey, note: "The review was cancelled." } }
      }),
    ],
  }
}

function refusalOf(state: ReleaseState, { incidentId, startAt }: ReviewPlan, { nowIso }: Facts) {
  if (incidentId !== null && !own(state.incidents, incidentId)) {
    return refuse("invalid", "The release has no such incident.", { field: "incidentId" })
  }
  if (Date.parse(startAt) <= Date.parse(nowIso)) {
    return refuse("invalid", "A review begins later than now.", { field: "startAt" })
  }
  return null
}

const scheduled = (plan: ReviewPlan, actor: Actor): NewEvent => ({ type: "review.scheduled", actor, data: plan })

function ticked(state: ReleaseState, { incidentId, title }: ReviewPlan, { proves }: Facts, actor: Actor): NewEvent[] {
  if (incidentId !== null) return []
  const open = proves.filter((key) => own(state.followups, key)?.done === null)
  return open.map((followupKey) => ({
    type: "followup.done",
    actor,
    data: { followupKey, note: `${title} is scheduled.` },
  }))
}
