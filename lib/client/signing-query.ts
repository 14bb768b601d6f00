import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { signingSchema, sinceSchema } from "@/lib/contracts/api/signoffs"
import { request } from "./api"

export type SigningFacts = z.infer<typeof signingSchema>
export type Delegation = SigningFacts["delegations"][number]
export type Since = z.infer<typeof sinceSchema>

const PAGE = 8

/** How I can prove who I am, for whom I may sign, who stands in for whom. No stream carries it. */
export function signingQuery(releaseId: string) {
  return queryOptions({
    queryKey: ["signing", releaseId],
    queryFn: ({ signal }) => request<SigningFacts>("GET", `/releases/${releaseId}/signoffs`, undefined, signal),
    staleTime: 10_000,
    refetchOnWindowFocus: true,
    retry: 1,
  })
}

/** What changed since I last looked, the newest first, page by page. */
export function sinceQuery(releaseId: string) {
  return infiniteQueryOptions({
    queryKey: ["since", releaseId],
    queryFn: ({ signal, pageParam }) => {
      const before = pageParam === null ? "" : `&before=${pageParam}`
      return request<Since>("GET", `/releases/${releaseId}/since?limit=${PAGE}${before}`, undefined, signal)
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.more ? (last.changes.at(-1)?.seq ?? null) : null),
    retry: 1,
  })
}

export function markSeen(releaseId: string, seq: number): Promise<unknown> {
  return request("POST", `/releases/${releaseId}/seen`, { seq })
}
