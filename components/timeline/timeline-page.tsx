"use client"
import { CertificateLink } from "@/components/certificate/certificate-link"
import { EventList } from "./event-list"
import { TimelineFilter, useTimelineFilter } from "./timeline-filter"
import { VerifyChain } from "./verify-chain"

export function TimelinePage() {
  const filter = useTimelineFilter()
  return (
    <section aria-labelledby="timeline-title" className="flex h-[calc(100dvh-15rem)] min-h-96 flex-col">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="timeline-title" className="sr-only">
          Timeline
        </h2>
        <div className="min-w-0 flex-1 basis-72 sm:max-w-md">
          <TimelineFilter filter={filter} compact />
        </div>
        <VerifyChain />
        <CertificateLink />
      </div>
      <EventList
        events={filter.shown}
        filtered={filter.active}
        roomy
        className="min-h-0 flex-1 rounded-xl border bg-surface p-2"
      />
    </section>
  )
}
