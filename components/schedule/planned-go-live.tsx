"use client"
import { useState } from "react"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { formatAgo } from "@/lib/client/format"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import type { Schedule } from "@/lib/domain/release/state"

export function PlannedGoLive({ schedule }: { schedule: Schedule }) {
  const zone = useRelease((release) => release.window.zone)
  const nowMs = useNow(1_000)
  const may = useMay("schedule.set")
  const { cancelSchedule } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => cancelSchedule({ reason }), { onDone: () => setOpen(false) })
  const parts = [
    { title: "Pre-flight", at: schedule.preflightAt },
    { title: "Maintenance", at: schedule.maintenanceAt },
    { title: "Deployment", at: schedule.startAt },
  ]
  return (
    <>
      <ol className="grid gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-3">
        {parts.map(({ title, at }) => (
          <li key={title} className="bg-surface px-3 py-2.5">
            <p className="text-ink-3 text-xs">{title}</p>
            <p className="font-medium text-sm">
              <Instant at={at} zone={zone} />
            </p>
            <p className="text-ink-2 text-xs">{formatAgo(Date.parse(at), nowMs)}</p>
          </li>
        ))}
      </ol>
      {schedule.held ? (
        <Notice tone="warn" live>
          <p className="font-medium">
            Pre-flight is due, and the gate says no. It is asked again until the deployment is due.
          </p>
          <ul className="mt-1 list-disc pl-4">
            {schedule.held.blockers.slice(0, 6).map((words) => (
              <li key={words}>{words}</li>
            ))}
            {schedule.held.blockers.length > 6 ? <li>and {schedule.held.blockers.length - 6} more</li> : null}
          </ul>
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-3 text-ink-2 text-sm">
        <p>
          Set by {schedule.by.name}, <Instant at={schedule.setAt} zone={zone} />
        </p>
        {may && schedule.status === "planned" ? (
          <Button size="sm" onClick={() => setOpen(true)}>
            Call it off…
          </Button>
        ) : null}
      </div>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Call the scheduled go-live off"
        description="Nothing begins by itself any more. The reason goes on record."
        action="Call it off"
        danger
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}
