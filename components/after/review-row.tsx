"use client"
import { Download } from "lucide-react"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { BothZones } from "@/components/time/both-zones"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { formatDuration } from "@/lib/client/format"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Review } from "@/lib/domain/review/review"
import { ReviewForm } from "./review-form"

export function ReviewRow({ review }: { review: Review }) {
  const releaseId = useRelease((release) => release.id)
  const zone = useRelease((release) => release.window.zone)
  const incident = useRelease(({ incidents }) => (review.incidentId ? (incidents[review.incidentId] ?? null) : null))
  const may = useMay("review.schedule")
  const { cancelReview } = useReleaseMutations()
  const [asked, setAsked] = useState<"move" | "cancel" | null>(null)
  const action = useAction((reason: string) => cancelReview({ id: review.id, reason }), {
    onDone: () => setAsked(null),
  })
  const { cancelled } = review
  return (
    <li data-testid={`review-${review.id}`} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        <p className={cn("font-medium", cancelled && "text-ink-2 line-through")}>{review.title}</p>
        <p className="text-ink-2">
          <BothZones at={review.startAt} zone={zone} />, {formatDuration(review.durationMs)}
        </p>
        <p className="break-words text-ink-3 text-xs">
          {[
            incident ? `Incident ${incident.number}` : null,
            review.people.map(({ name }) => name).join(", ") || null,
            review.place ? null : "no place yet",
          ]
            .filter(Boolean)
            .join(" · ")}
          {review.place ? (
            <>
              {" · "}
              <Place place={review.place} />
            </>
          ) : null}
        </p>
        {cancelled ? (
          <p className="mt-1 text-ink-2 text-xs">
            <StatusMark look={{ tone: "off", word: "Cancelled" }} className="text-xs" /> by {cancelled.by}: “
            {cancelled.reason}”
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" asChild>
          <a href={`/api/v1/releases/${releaseId}/reviews/${review.id}.ics`} download>
            <Download aria-hidden /> Calendar file
          </a>
        </Button>
        {cancelled || !may ? null : (
          <>
            <Button size="sm" onClick={() => setAsked("move")}>
              Move…
            </Button>
            <Button size="sm" onClick={() => setAsked("cancel")}>
              Cancel…
            </Button>
          </>
        )}
      </div>
      {asked === "move" ? <ReviewForm review={review} onClose={() => setAsked(null)} /> : null}
      <ReasonDialog
        open={asked === "cancel"}
        onOpenChange={(open) => setAsked(open ? "cancel" : null)}
        title={`Cancel “${review.title}”`}
        description="Calendars that took the file learn of it from the next one."
        action="Cancel the review"
        danger
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </li>
  )
}

function Place({ place }: { place: string }) {
  if (!/^https?:\/\/\S+$/.test(place)) return place
  return (
    <a href={place} target="_blank" rel="noreferrer" className="underline hover:text-ink">
      {place}
    </a>
  )
}
