import type { ReleaseState } from "@/lib/domain/release/state"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { TimelineEvent } from "@/lib/domain/timeline/event"
import type { EventType } from "@/lib/domain/timeline/event-types"
import type { Notification } from "./notification"
import type { Topic } from "./topics"

export interface TellContext {
  /** The state that the commit found, and the one that it left. */
  before: ReleaseState
  after: ReleaseState
  /** Names of the freezes of the environment, by id. */
  freezeNames: Readonly<Record<string, string>>
}

/** What is said of an event. Title, text and severity are those of the timeline where nothing else is given. */
export interface Told {
  topic: Topic
  act?: Notification["act"]
  severity?: Notification["severity"]
  incidentId?: string
  title?: string
  text?: string
  facts?: { name: string; value: string }[]
  people?: readonly PersonRef[]
  /** Behind the release's page: `deploy`, `signoffs#security`. Left out: the page itself. */
  page?: string
}

/** Null, or nothing in it: this one is not worth a message. */
export type Tell<T extends EventType> = (event: TimelineEvent<T>, context: TellContext) => Told | Told[] | null

/** Why nobody is told of events of a type. */
export interface Silent {
  silent: string
}

/** What is said of every event type of these nouns: a type that is left out does not compile. */
export type Tellers<Noun extends string> = {
  [T in Extract<EventType, `${Noun}.${string}`>]: Tell<T> | Silent
}

export const silent = (why: string): Silent => ({ silent: why })

/** A fact, or none where there is nothing to say. */
export const fact = (name: string, value: string | null | undefined) => (value ? [{ name, value }] : [])
