"use client"
import { FollowupList } from "@/components/followups/followup-list"
import { RunbookPanel } from "@/components/runbook/runbook-panel"
import { useRelease } from "@/lib/client/release-context"
import { useSampleHistory } from "@/lib/client/use-sample-history"
import { ClosePanel } from "./close-panel"
import { DayPanel } from "./day-panel"
import { FirstDaysState } from "./first-days-state"
import { OnWatch } from "./on-watch"
import { PlannedDays } from "./planned-days"
import { Reviews } from "./reviews"
import { Thresholds } from "./thresholds"

/** The days after the switch: rounds, thresholds, the runbook beside them, what must be so after three days, and the end. */
export function AfterPage() {
  useSampleHistory()
  const live = useRelease((release) => release.switchedAt !== null)
  return (
    <section aria-labelledby="after-title" className="grid grid-cols-1 gap-4">
      <h2 id="after-title" className="sr-only">
        After go-live
      </h2>
      <FirstDaysState />
      {live ? (
        <>
          <OnWatch />
          <DayPanel />
        </>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <Thresholds />
          {live ? <FollowupList list="after" title="72 hours after go-live" withProgress /> : <PlannedDays />}
        </div>
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <RunbookPanel />
          <Reviews />
          <ClosePanel />
        </div>
      </div>
    </section>
  )
}
