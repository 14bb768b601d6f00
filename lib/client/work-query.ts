import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { workSchema } from "@/lib/contracts/api/responses"
import { request } from "./api"

export type Work = z.infer<typeof workSchema>

const REFRESH_MS = 60_000

/** What is asked of me, over all releases. No stream carries it: it is asked for again and again while a page is looked at. */
export const workQuery = queryOptions({
  queryKey: ["work"],
  queryFn: ({ signal }) => request<Work>("GET", "/work", undefined, signal),
  staleTime: 10_000,
  refetchInterval: REFRESH_MS,
  refetchOnWindowFocus: true,
  retry: 1,
})
