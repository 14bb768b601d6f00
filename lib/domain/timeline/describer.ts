import { actorName } from "./actor-name"
import type { AnyTimelineEvent, TimelineEvent } from "./event"
import type { EventType } from "./event-types"

export type Tone = "neutral" | "good" | "bad" | "warning" | "busy"

/** An event in words: tone, title and, where there is more to say, detail. */
export type Describer<T extends EventType> = (event: TimelineEvent<T>) => [Tone, string, (string | null)?]

/** Describers for every event type of these nouns: a type that is left out does not compile. */
export type Describers<Noun extends string> = { [T in Extract<EventType, `${Noun}.${string}`>]: Describer<T> }

export const who = (event: { actor: AnyTimelineEvent["actor"] }) => actorName(event.actor)
