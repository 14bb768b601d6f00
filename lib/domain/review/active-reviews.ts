import type { ReleaseState } from "@/lib/domain/release/state"
import type { Review } from "./review"

/** The reviews of the release itself that stand, the earliest first. */
export function activeReviews({ reviews }: Pick<ReleaseState, "reviews">): Review[] {
  return Object.values(reviews)
    .filter(({ incidentId, cancelled }) => incidentId === null && cancelled === null)
    .sort((a, b) => Date.parse(a.startAt) - Date.parse(b.startAt))
}
