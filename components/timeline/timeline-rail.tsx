"use client"
import { EventList } from "./event-list"
import { TimelineFilter, useTimelineFilter } from "./timeline-filter"

/** The timeline beside a page. */
export function TimelineRail({ bare }: { bare?: boolean }) {
  const filter = useTimelineFilter()
  return (
    <div className="flex h-full min-h-0 flex-col">
      {bare ? null : <h2 className="mb-2 font-semibold text-sm">Timeline</h2>}
      <TimelineFilter filter={filter} compact />
      <EventList events={filter.shown} filtered={filter.active} className="mt-2 min-h-0 flex-1" />
    </div>
  )
}
