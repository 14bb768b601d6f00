import { queryOptions } from "@tanstack/react-query"
import type { NoticeList, NoticesRead } from "@/lib/contracts/api/notices"
import { request } from "./api"

export const NOTICES_KEY = ["notices"]

/** The newest notices. A stream says when there are more. */
export function noticesQuery(limit: number) {
  return queryOptions({
    queryKey: [...NOTICES_KEY, limit],
    queryFn: ({ signal }) => request<NoticeList>("GET", `/me/notices?limit=${limit}`, undefined, signal),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  })
}

export function markNoticesRead(seq: string) {
  return request<NoticesRead>("POST", "/me/notices/read", { seq })
}
