import { z } from "zod"
import { personRefSchema } from "@/lib/domain/timeline/actor"

export const reviewEventSchemas = {
  /** `incidentId` null: of the release. The same id again: it was moved. */
  "review.scheduled": z.strictObject({
    reviewId: z.string(),
    incidentId: z.string().nullable(),
    title: z.string(),
    startAt: z.string(),
    durationMs: z.number().int().positive(),
    people: z.array(personRefSchema),
    place: z.string().nullable(),
  }),
  "review.cancelled": z.strictObject({ reviewId: z.string(), reason: z.string() }),
} as const
