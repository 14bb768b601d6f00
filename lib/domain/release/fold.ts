import type { TimelineEvent } from "@/lib/domain/timeline/event"
import type { EventType } from "@/lib/domain/timeline/event-types"
import type { ReleaseState } from "./state"

export type Fold<T extends EventType> = (state: ReleaseState, event: TimelineEvent<T>) => ReleaseState

/** A fold for every event type of a noun: a type that is left out does not compile. */
export type Folds<Noun extends string> = { [T in Extract<EventType, `${Noun}.${string}`>]: Fold<T> }

/** Milliseconds between two instants; never negative, so that a clock set back cannot shorten a sum. */
export function elapsedMs(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from))
}
