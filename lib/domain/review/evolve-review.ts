import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import { actorName } from "@/lib/domain/timeline/actor-name"
import type { Review } from "./review"

export const foldReview: Folds<"review"> = {
  "review.scheduled": (state, { actor, at, data }) => {
    const { reviewId: id, ...given } = data
    const sequence = (own(state.reviews, id)?.sequence ?? -1) + 1
    const review: Review = { ...given, id, by: actorName(actor), at, sequence, cancelled: null }
    return { ...state, reviews: { ...state.reviews, [id]: review } }
  },
  "review.cancelled": (state, { actor, at, data }) => {
    const review = own(state.reviews, data.reviewId)
    if (!review) return state
    const cancelled = { by: actorName(actor), at, reason: data.reason }
    const sequence = review.sequence + 1
    return { ...state, reviews: { ...state.reviews, [review.id]: { ...review, sequence, cancelled } } }
  },
}
