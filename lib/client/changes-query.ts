import { queryOptions } from "@tanstack/react-query"
import type { ReleaseChanges } from "@/lib/domain/changes/release-changes"
import { request } from "./api"

/**
 * What is in a release. `liveId` is what is live as far as the release knows: when that changes, so may the answer.
 * Reading a large repository for the first time takes a while, so it is asked for where it is shown, and once.
 */
export function changesQuery(releaseId: string, liveId: string | null) {
  return queryOptions({
    queryKey: ["changes", releaseId, liveId],
    queryFn: ({ signal }) => request<ReleaseChanges>("GET", `/releases/${releaseId}/changes`, undefined, signal),
    staleTime: 5 * 60_000,
    retry: 1,
  })
}
