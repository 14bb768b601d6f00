import { queryOptions } from "@tanstack/react-query"
import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import { evolve } from "@/lib/domain/release/evolve"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { request } from "./api"
import { syncClock } from "./clock"

export function releaseKey(releaseId: string) {
  return ["release", releaseId] as const
}

/** `GET /api/v1/releases/:id`, kept fresh by the stream and not by time. */
export function releaseQuery(releaseId: string) {
  return queryOptions({
    queryKey: releaseKey(releaseId),
    queryFn: async ({ signal, client }) => {
      const read = () => client.getQueryData<ReleaseSnapshot>(releaseKey(releaseId))
      const asked = read()
      const fresh = await request<ReleaseSnapshot>("GET", `/releases/${releaseId}`, undefined, signal)
      syncClock(fresh.serverNow, Date.now())
      return keepNewer(read(), fresh, asked)
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: 2,
    structuralSharing: false,
  })
}

/**
 * The stream may have been faster than the answer: what it brought is not taken back. `asked` is what was known when the
 * question went out. An environment carries no number; one that came since then is kept, and the stream brings the next.
 */
export function keepNewer(
  known: ReleaseSnapshot | undefined,
  fresh: ReleaseSnapshot,
  asked: ReleaseSnapshot | undefined = known,
): ReleaseSnapshot {
  if (!known) return fresh
  const release = known.release.lastSeq > fresh.release.lastSeq ? known.release : fresh.release
  const environment = known.environment === asked?.environment ? fresh.environment : known.environment
  return { ...fresh, release, environment }
}

/** The snapshot after one more event; the same value when the event is already in it. */
export function foldIntoSnapshot(snapshot: ReleaseSnapshot, event: AnyTimelineEvent): ReleaseSnapshot {
  if (event.seq <= snapshot.release.lastSeq) return snapshot
  const release = evolve(snapshot.release, event)
  return { ...snapshot, release, environment: { ...snapshot.environment, lock: lockAfter(snapshot, event) } }
}

function lockAfter({ environment, release }: ReleaseSnapshot, event: AnyTimelineEvent) {
  if (event.type === "environment.unlocked") return null
  if (event.type !== "environment.locked") return environment.lock
  const byName = event.actor.type === "person" ? event.actor.name : "Golive"
  return { reason: event.data.reason, byName, at: event.at, releaseId: release.id }
}
