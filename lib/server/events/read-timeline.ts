import { eventsQuery } from "@/lib/contracts/api/requests"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { listEvents } from "./list-events"

/** A page of a release's timeline, in order. */
export async function readTimeline(
  ctx: Context,
  releaseId: string,
  query: Record<string, string>,
): Promise<Result<{ events: AnyTimelineEvent[]; next: number | null }>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(eventsQuery, query)
  if (!input.ok) return input
  const events = await listEvents(releaseId, input.value)
  const last = events.at(-1)
  return done({ events, next: last && events.length === input.value.limit ? last.seq : null })
}
