"use client"
import { Panel } from "@/components/ui/panel"
import { useMay, useRelease } from "@/lib/client/release-context"
import { PlannedGoLive } from "./planned-go-live"
import { SetGoLive } from "./set-go-live"

/** When the release goes live by itself: setting it, what will happen when, and calling it off. */
export function SchedulePanel() {
  const schedule = useRelease((release) => release.schedule)
  const status = useRelease((release) => release.status)
  const may = useMay("schedule.set")
  const waits = schedule?.status === "planned" || (schedule?.status === "begun" && status === "deploying")
  if (status !== "preparing" && !waits) return null
  return (
    <Panel id="schedule" title="Scheduled go-live" className="scroll-mt-16">
      <div className="grid gap-4 p-4" data-testid="schedule" data-status={schedule?.status ?? "none"}>
        {waits && schedule ? (
          <PlannedGoLive schedule={schedule} />
        ) : (
          <>
            {schedule?.status === "expired" ? (
              <p className="text-sm text-warn">The last plan expired: {schedule.reason}</p>
            ) : null}
            {may ? <SetGoLive /> : <p className="text-ink-2 text-sm">No time is set. Your roles do not set one.</p>}
          </>
        )}
      </div>
    </Panel>
  )
}
