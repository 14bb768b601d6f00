"use client"
import { BookOpen } from "lucide-react"
import { useState } from "react"
import { CertificateLink } from "@/components/certificate/certificate-link"
import { RunbookPanel } from "@/components/runbook/runbook-panel"
import { Button } from "@/components/ui/button"
import { EventList } from "./event-list"
import { TimelineFilter, useTimelineFilter } from "./timeline-filter"
import { VerifyChain } from "./verify-chain"

export function TimelinePage() {
  const filter = useTimelineFilter()
  const [withRunbook, setWithRunbook] = useState(false)
  return (
    <section aria-labelledby="timeline-title" className="flex min-h-96 flex-col xl:h-[calc(100dvh-15rem)]">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="timeline-title" className="sr-only">
          Timeline
        </h2>
        <div className="min-w-0 flex-1 basis-72 sm:max-w-md">
          <TimelineFilter filter={filter} compact />
        </div>
        <Button aria-expanded={withRunbook} aria-controls="runbook" onClick={() => setWithRunbook((was) => !was)}>
          <BookOpen aria-hidden /> Runbook
        </Button>
        <VerifyChain />
        <CertificateLink />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-4 xl:flex-row">
        <EventList
          events={filter.shown}
          filtered={filter.active}
          roomy
          className="h-[calc(100dvh-18rem)] min-h-80 flex-none rounded-xl border bg-surface p-2 xl:h-auto xl:min-h-0 xl:flex-1"
        />
        {withRunbook ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          <aside aria-label="Runbook" tabIndex={0} className="min-w-0 shrink-0 xl:w-[30rem] xl:overflow-y-auto">
            <RunbookPanel />
          </aside>
        ) : null}
      </div>
    </section>
  )
}
