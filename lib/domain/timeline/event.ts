import { z } from "zod"
import { type EventData, type EventType, eventDataSchemas } from "@/lib/domain/timeline/event-types"
import { type Actor, actorSchema } from "./actor"

/** One row of the timeline. `hash = SHA-256(prevHash + canonical JSON of the other fields)`. */
export interface TimelineEvent<T extends EventType = EventType> {
  releaseId: string
  seq: number
  id: string
  type: T
  actor: Actor
  /** ISO 8601, UTC, milliseconds, the database's clock. */
  at: string
  data: EventData<T>
  prevHash: string
  hash: string
}

/** The union over all types, so that a switch on `type` narrows `data`. */
export type AnyTimelineEvent = { [T in EventType]: TimelineEvent<T> }[EventType]

/** What `decide` gives out: the commit adds number, id, time and hashes. */
export type NewEvent = { [T in EventType]: { type: T; actor: Actor; data: EventData<T> } }[EventType]

const envelopeSchema = z.strictObject({
  releaseId: z.string(),
  seq: z.number().int().positive(),
  id: z.string(),
  type: z.enum(Object.keys(eventDataSchemas) as [EventType, ...EventType[]]),
  actor: actorSchema,
  at: z.string(),
  data: z.unknown(),
  prevHash: z.string(),
  hash: z.string(),
})

/** Parses an event that crossed a process boundary. Throws a ZodError. */
export function parseTimelineEvent(value: unknown): AnyTimelineEvent {
  const envelope = envelopeSchema.parse(value)
  return { ...envelope, data: eventDataSchemas[envelope.type].parse(envelope.data) } as AnyTimelineEvent
}
