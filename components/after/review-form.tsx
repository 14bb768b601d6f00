"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { instantOfLocalTime, localTimeOf } from "@/components/time/local-time"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { SelectField, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { formatInstant, zoneCity } from "@/lib/client/format"
import { peopleQuery } from "@/lib/client/people-query"
import { useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import { useZone } from "@/lib/client/use-zone"
import type { Review } from "@/lib/domain/review/review"
import { ChoosePeople } from "./choose-people"

const LENGTHS_MINUTES = [15, 30, 45, 60, 90, 120]
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** A new review, or one that is moved: the time is by the person's own clock, and the playbook's is said. */
export function ReviewForm({
  review,
  incidentId = null,
  onClose,
}: {
  review?: Review
  incidentId?: string | null
  onClose(): void
}) {
  const playbookZone = useRelease((release) => release.window.zone)
  const name = useRelease((release) => release.name)
  const zone = useZone(playbookZone)
  const nowMs = useNow(MINUTE_MS)
  const { scheduleReview, moveReview } = useReleaseMutations()
  const people = useQuery(peopleQuery)
  const [title, setTitle] = useState(review?.title ?? `Review of ${name}`)
  const [local, setLocal] = useState(() => localTimeOf(review ? Date.parse(review.startAt) : tomorrow(nowMs), zone))
  const [minutes, setMinutes] = useState((review?.durationMs ?? 45 * MINUTE_MS) / MINUTE_MS)
  const [chosen, setChosen] = useState<readonly string[]>(review?.people.map(({ id }) => id) ?? [])
  const [place, setPlace] = useState(review?.place ?? "")
  const startAt = instantOfLocalTime(local, zone)
  const action = useAction(
    (at: string) => {
      const body = {
        incidentId: review ? review.incidentId : incidentId,
        ...{ title: title.trim(), startAt: at, durationMinutes: minutes, peopleIds: [...chosen] },
        ...(place.trim() ? { place: place.trim() } : {}),
      }
      return review ? moveReview({ id: review.id, ...body }) : scheduleReview(body)
    },
    { onDone: onClose },
  )
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={review ? "Move the review" : "Schedule a review"}>
      <form
        className="grid grid-cols-1 gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (startAt && title.trim()) action.mutate(startAt)
        }}
      >
        <TextField
          label="Title"
          value={title}
          maxLength={200}
          required
          error={action.problem?.fields.title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
          <TextField
            label={`Begins, by the clock of ${zoneCity(zone)}`}
            type="datetime-local"
            value={local}
            required
            error={action.problem?.fields.startAt}
            hint={
              startAt && zone !== playbookZone
                ? `That is ${formatInstant(startAt, playbookZone)} in ${zoneCity(playbookZone)} (the playbook).`
                : undefined
            }
            onChange={(event) => setLocal(event.target.value)}
          />
          <SelectField
            label="Takes"
            value={String(minutes)}
            onChange={(event) => setMinutes(Number(event.target.value))}
          >
            {[...new Set([...LENGTHS_MINUTES, minutes])]
              .sort((a, b) => a - b)
              .map((n) => (
                <option key={n} value={n}>
                  {n} minutes
                </option>
              ))}
          </SelectField>
        </div>
        <ChoosePeople people={people.data ?? []} chosen={chosen} onChange={setChosen} />
        <TextField
          label="Place (optional)"
          hint="A room, or a link."
          value={place}
          maxLength={400}
          error={action.problem?.fields.place}
          onChange={(event) => setPlace(event.target.value)}
        />
        <Problem problem={action.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={!startAt || !title.trim()} busy={action.isPending}>
            {review ? "Move" : "Schedule"}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The same hour tomorrow, on the hour: something to change. */
function tomorrow(nowMs: number): number {
  return Math.ceil((nowMs + DAY_MS) / (60 * MINUTE_MS)) * 60 * MINUTE_MS
}
