import type { EventData } from "@/lib/domain/timeline/event-types"

export interface Review extends Omit<EventData<"review.scheduled">, "reviewId"> {
  id: string
  by: string
  at: string
  /** How often it was moved: calendars take the higher one. */
  sequence: number
  cancelled: { by: string; at: string; reason: string } | null
}
