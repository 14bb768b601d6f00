import { queryOptions } from "@tanstack/react-query"
import type { Insights } from "@/lib/contracts/api/insights"
import { request } from "./api"

/** Figures of the days up to now. */
export function insightsQuery({ service, days, toMs }: { service: string; days: number; toMs: number }) {
  const query = new URLSearchParams({
    from: new Date(toMs - days * 86_400_000).toISOString(),
    to: new Date(toMs).toISOString(),
  })
  if (service) query.set("service", service)
  return queryOptions({
    queryKey: ["insights", query.toString()],
    queryFn: ({ signal }) => request<Insights>("GET", `/insights?${query}`, undefined, signal),
    staleTime: 60_000,
  })
}
