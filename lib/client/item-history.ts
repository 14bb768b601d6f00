import { infiniteQueryOptions } from "@tanstack/react-query"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { request } from "./api"

const PAGE = 30

interface HistoryPage {
  events: AnyTimelineEvent[]
  more: boolean
}

export function itemHistoryKey(releaseId: string, itemKey: string) {
  return ["item-history", releaseId, itemKey] as const
}

/** Everything that happened with one item, the newest first, page by page. */
export function itemHistoryQuery(releaseId: string, itemKey: string) {
  return infiniteQueryOptions({
    queryKey: itemHistoryKey(releaseId, itemKey),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(PAGE), ...(pageParam ? { before: String(pageParam) } : {}) })
      const path = `/releases/${releaseId}/checklist/${encodeURIComponent(itemKey)}/history?${query}`
      return request<HistoryPage>("GET", path, undefined, signal)
    },
    initialPageParam: 0,
    getNextPageParam: ({ events, more }) => (more ? events.at(-1)?.seq : undefined),
    retry: 1,
  })
}
