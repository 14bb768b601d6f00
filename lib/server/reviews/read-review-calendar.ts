import { type CalendarEvent, type CalendarToWrite, writeCalendar } from "@/lib/domain/ical/write-calendar"
import { own } from "@/lib/domain/release/own"
import type { Review } from "@/lib/domain/review/review"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result, refused } from "@/lib/server/result"
import { readReleaseState } from "@/lib/server/runs/read-release-state"

/** A review as an iCalendar invitation in the name of whoever scheduled it; a cancelled one takes itself back. */
export async function readReviewCalendar(
  ctx: Context,
  releaseId: string,
  reviewId: string,
): Promise<Result<{ text: string; name: string }>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const state = await readReleaseState(releaseId)
  const review = own(state.reviews, reviewId)
  if (!review) return refused("not_found", "There is no such review.")
  const event: CalendarEvent = {
    uid: `review-${review.id}@golive`,
    sequence: review.sequence,
    startIso: review.startAt,
    endIso: new Date(Date.parse(review.startAt) + review.durationMs).toISOString(),
    title: review.title,
    text: `${state.service.name} ${state.version}, ${state.environment.name}`,
    url: new URL(`/releases/${state.id}/after`, env().NEXTAUTH_URL).href,
    ...(review.place === null ? {} : { place: review.place }),
    cancelled: review.cancelled !== null,
  }
  const invited = await invitation(releaseId, review)
  const calendar: CalendarToWrite = { name: review.title, nowIso: (await databaseNow()).toISOString(), events: [event] }
  const whole = invited
    ? { ...calendar, ...invited.from, events: [{ ...event, attendees: invited.attendees }] }
    : calendar
  return done({ text: writeCalendar(whole), name: `review-${state.service.key}-${state.version}.ics` })
}

/** Who invites whom. Null: nobody is asked to it, or whoever scheduled it has no account; then it is only published. */
async function invitation(releaseId: string, { id, people, cancelled }: Review) {
  const scheduled = await prisma.event.findFirst({
    where: { releaseId, type: "review.scheduled", data: { path: ["reviewId"], equals: id } },
    orderBy: { seq: "desc" },
    select: { actor: true },
  })
  const by = (scheduled?.actor as { id?: string } | undefined)?.id
  const ids = people.map((person) => person.id)
  const users = await prisma.user.findMany({
    where: { id: { in: by ? [by, ...ids] : ids } },
    select: { id: true, name: true, email: true },
  })
  const organizer = users.find((user) => user.id === by)
  const attendees = users.filter((user) => ids.includes(user.id)).map(({ name, email }) => ({ name, email }))
  if (!organizer || attendees.length === 0) return null
  const method = cancelled ? ("CANCEL" as const) : ("REQUEST" as const)
  return { from: { method, organizer: { name: organizer.name, email: organizer.email } }, attendees }
}
