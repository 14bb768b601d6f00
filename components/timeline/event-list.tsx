"use client"
import { useVirtualizer } from "@tanstack/react-virtual"
import { ArrowUp } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { Empty } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { readOlderEvents } from "@/lib/client/history"
import { useReleaseConnection } from "@/lib/client/release-context"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { EventEntry } from "./event-entry"

/** The timeline, newest on top, virtualised; older pages are read as one scrolls to them. */
export function EventList({
  events,
  filtered,
  className,
  roomy,
}: {
  /** Oldest first. */
  events: readonly AnyTimelineEvent[]
  filtered: boolean
  className?: string
  roomy?: boolean
}) {
  const connection = useReleaseConnection()
  const scroller = useRef<HTMLElement>(null)
  const [away, setAway] = useState(false)
  const loading = useRef(false)
  const count = events.length
  const at = (index: number) => events[count - 1 - index]
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => (roomy ? 48 : 56),
    overscan: 12,
    getItemKey: (index) => at(index)?.seq ?? index,
    initialRect: { width: 400, height: 600 },
  })
  const items = rows.getVirtualItems()
  const lowest = items.at(-1)?.index ?? 0
  useEffect(() => {
    const first = connection.events.all()[0]
    if (lowest < count - 20 || loading.current || !first || first.seq <= 1) return
    loading.current = true
    readOlderEvents(connection.releaseId, first.seq)
      .then((older) => connection.events.add(older))
      .catch(() => {})
      .finally(() => {
        loading.current = false
      })
  }, [lowest, count, connection])

  if (count === 0) {
    return <div className={className}>{filtered ? <Empty title="No event matches" /> : <TimelineSkeleton />}</div>
  }
  return (
    <div className={cn("relative", className)}>
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Events, newest first"
        onScroll={({ currentTarget }) => setAway(currentTarget.scrollTop > 80)}
        className="h-full overflow-y-auto pr-1"
      >
        <ol className="relative" style={{ height: rows.getTotalSize() }}>
          {items.map((row) => {
            const event = at(row.index)
            return event ? (
              <li
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <EventEntry event={event} after={row.index > 0 ? (at(row.index - 1) ?? null) : null} roomy={roomy} />
              </li>
            ) : null
          })}
        </ol>
      </section>
      {away ? (
        <Button
          size="sm"
          className="absolute top-2 left-1/2 -translate-x-1/2 animate-rise rounded-full shadow-raise"
          onClick={() => rows.scrollToIndex(0)}
        >
          <ArrowUp aria-hidden /> Newest
        </Button>
      ) : null}
    </div>
  )
}

function TimelineSkeleton() {
  return (
    <div role="status" aria-label="Reading the timeline" className="grid gap-3 py-3">
      {["w-3/4", "w-2/3", "w-4/5", "w-1/2", "w-3/4"].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of grey bars
        <Skeleton key={index} className={cn("h-4", width)} />
      ))}
    </div>
  )
}
