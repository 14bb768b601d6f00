import { queryOptions } from "@tanstack/react-query"
import type { Deliveries } from "@/lib/contracts/api/deliveries"
import { request } from "./api"

/** What was told to the outside. `lastSeq` is the release's: what happens to it is what there is to tell. */
export function deliveriesQuery(releaseId: string, lastSeq: number) {
  return queryOptions({
    queryKey: ["deliveries", releaseId, lastSeq],
    queryFn: ({ signal }) => request<Deliveries>("GET", `/releases/${releaseId}/deliveries`, undefined, signal),
    placeholderData: (before) => before,
    // A message that waits to be tried again changes without the release.
    refetchInterval: ({ state }) => (state.data?.deliveries.some(({ deliveredAt }) => !deliveredAt) ? 10_000 : false),
  })
}
