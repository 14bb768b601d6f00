import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { IncidentEntry, incidentListQuery } from "@/lib/contracts/api/incidents"
import { request } from "./api"

export type IncidentFilter = Pick<z.input<typeof incidentListQuery>, "service" | "status" | "before">

export const INCIDENTS_PAGE = 50
const REFRESH_MS = 20_000

/** Incidents of all services that one may see, the newest first. No stream carries them: they are asked for while looked at. */
export function incidentsQuery({ service, status, before }: IncidentFilter) {
  const query = new URLSearchParams({ limit: String(INCIDENTS_PAGE) })
  if (service) query.set("service", service)
  if (status) query.set("status", status)
  if (before) query.set("before", before)
  return queryOptions({
    queryKey: ["incidents", query.toString()],
    queryFn: ({ signal }) => request<{ incidents: IncidentEntry[] }>("GET", `/incidents?${query}`, undefined, signal),
    staleTime: 5_000,
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: true,
    retry: 1,
  })
}

/** What is not over, for the number in the top bar. */
export const unresolvedQuery = incidentsQuery({ status: "unresolved" })
