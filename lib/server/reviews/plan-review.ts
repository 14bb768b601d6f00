import type { z } from "zod"
import type { scheduleReviewRequest } from "@/lib/contracts/api/first-days"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReviewPlan } from "@/lib/domain/review/decide-review"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { Playbook } from "@/lib/playbook/schema"
import type { Tx } from "@/lib/server/db"

const MINUTE_MS = 60_000

/** A review as decisions take it. People who are not here, or not any more, are refused by field. */
export async function planReview(
  tx: Tx,
  reviewId: string,
  input: z.output<typeof scheduleReviewRequest>,
): Promise<ReviewPlan | Extract<Decision, { ok: false }>> {
  const { incidentId = null, title, startAt, durationMinutes, peopleIds, place } = input
  const wanted = [...new Set(peopleIds.map((id) => id.toLowerCase()))]
  const rows = await tx.user.findMany({
    where: { id: { in: wanted }, disabledAt: null },
    select: { id: true, name: true },
  })
  const people = wanted.flatMap((id): PersonRef[] => rows.filter((row) => row.id === id))
  if (people.length < wanted.length) {
    return refuse("invalid", "Somebody who is asked to it is not here.", { field: "peopleIds" })
  }
  return {
    ...{ reviewId, incidentId, title, people, place: place || null },
    startAt: new Date(startAt).toISOString(),
    durationMs: durationMinutes * MINUTE_MS,
  }
}

/** Follow-ups that a review of the release ticks. */
export function provedByReview({ after72h }: Playbook): string[] {
  return after72h.filter(({ record }) => record === "review_scheduled").map(({ key }) => `after:${key}`)
}
