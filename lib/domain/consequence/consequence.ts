import type { NewTimer } from "@/lib/domain/release/decision"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { AftermathFacts } from "./aftermath-facts"

/** What follows from an event by itself, committed with it. */
export interface Consequence {
  events: NewEvent[]
  timers: NewTimer[]
  /** Done before `timers` are set. */
  cancelTimersOf: string[]
}

export interface ConsequenceContext {
  facts: AftermathFacts
  nowIso: string
  newId: () => string
}

export const nothingFollows: Consequence = { events: [], timers: [], cancelTimersOf: [] }
