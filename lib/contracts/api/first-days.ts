import { z } from "zod"
import { humanText, plausibleInstant, slug } from "./requests"

export const judgeRoundRequest = z.strictObject({
  itemKey: slug,
  ok: z.boolean(),
  note: humanText(1000).optional().describe("Needed where it is not fine."),
})
export const handOverWatchRequest = z.strictObject({
  personId: z.uuid().nullable().describe("Null: whoever is on call."),
  note: humanText(1000).optional(),
})

export const scheduleReviewRequest = z.strictObject({
  incidentId: z.uuid().nullable().optional().describe("Null or left out: a review of the release."),
  title: humanText(200).min(1),
  startAt: plausibleInstant,
  durationMinutes: z.number().int().min(5).max(1440),
  peopleIds: z.array(z.uuid()).max(50),
  place: humanText(400).optional().describe("A room, or a link."),
})
export const cancelReviewRequest = z.strictObject({ reason: humanText(1000).min(1) })
