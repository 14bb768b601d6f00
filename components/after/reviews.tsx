"use client"
import { CalendarClock } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Empty, Panel } from "@/components/ui/panel"
import { useMay, useRelease } from "@/lib/client/release-context"
import { ReviewForm } from "./review-form"
import { ReviewRow } from "./review-row"

/** Meetings to look back on this release and its incidents. */
export function Reviews() {
  const reviews = useRelease((release) => release.reviews)
  const live = useRelease((release) => release.switchedAt !== null)
  const may = useMay("review.schedule")
  const [open, setOpen] = useState(false)
  const all = Object.values(reviews).sort((a, b) => a.startAt.localeCompare(b.startAt))
  if (!live && all.length === 0) return null
  const standing = all.filter(({ cancelled }) => !cancelled)
  return (
    <Panel
      title="Review"
      id="reviews"
      aside={
        <Button
          size="sm"
          disabled={!may}
          title={may ? undefined : "Your roles do not schedule reviews"}
          onClick={() => setOpen(true)}
        >
          Schedule…
        </Button>
      }
    >
      {standing.length === 0 ? (
        <Empty icon={<CalendarClock aria-hidden />} title="No review is scheduled">
          Look back while people still remember: what went well, what took long, what to change in the playbook.
        </Empty>
      ) : null}
      {all.length > 0 ? (
        <ul className="divide-y">
          {[...standing, ...all.filter(({ cancelled }) => cancelled)].map((review) => (
            <ReviewRow key={review.id} review={review} />
          ))}
        </ul>
      ) : null}
      {open ? <ReviewForm onClose={() => setOpen(false)} /> : null}
    </Panel>
  )
}
