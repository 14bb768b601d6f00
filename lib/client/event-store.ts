import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { ExternalStore } from "./external-store"

/** A gapless stretch of the timeline, oldest first, that grows at both ends. */
export class EventStore extends ExternalStore {
  #events: readonly AnyTimelineEvent[] = []

  /** Adds what touches or overlaps the stretch; anything else waits for the pages between. */
  add(events: readonly AnyTimelineEvent[]): void {
    const first = this.#events[0]?.seq
    const last = this.#events.at(-1)?.seq
    if (first === undefined || last === undefined) {
      if (events.length === 0) return
      this.#events = [...events]
    } else {
      const older = events.filter((event) => event.seq < first)
      const newer = events.filter((event) => event.seq > last)
      const touchesOld = older.length > 0 && older.at(-1)?.seq === first - 1
      const touchesNew = newer.length > 0 && newer[0]?.seq === last + 1
      if (!touchesOld && !touchesNew) return
      this.#events = [...(touchesOld ? older : []), ...this.#events, ...(touchesNew ? newer : [])]
    }
    this.changed()
  }

  readonly all = (): readonly AnyTimelineEvent[] => this.#events
}
