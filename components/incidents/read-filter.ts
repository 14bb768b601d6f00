import type { IncidentFilter } from "@/lib/client/incidents-query"

export const statusFilters = [
  { key: "unresolved", title: "Not resolved" },
  { key: "resolved", title: "Resolved" },
  { key: "all", title: "All" },
] as const
export type StatusFilter = (typeof statusFilters)[number]["key"]

/** What the address asks for; whatever else stands there is taken as if it did not. */
export function readFilter(search: URLSearchParams): { status: StatusFilter; service: string; before: string } {
  const status = statusFilters.find(({ key }) => key === search.get("status"))?.key ?? "all"
  const before = search.get("before") ?? ""
  return { status, service: search.get("service") ?? "", before: Number.isNaN(Date.parse(before)) ? "" : before }
}

/** The address of a filter: what is usual is left out, so that the plain address stays plain. */
export function addressOf(filter: Partial<ReturnType<typeof readFilter>>): string {
  const query = new URLSearchParams()
  if (filter.status && filter.status !== "all") query.set("status", filter.status)
  if (filter.service) query.set("service", filter.service)
  if (filter.before) query.set("before", filter.before)
  const text = query.toString()
  return text ? `/incidents?${text}` : "/incidents"
}

export function queryOf({ status, service, before }: ReturnType<typeof readFilter>): IncidentFilter {
  return {
    ...(status === "all" ? {} : { status }),
    ...(service ? { service } : {}),
    ...(before ? { before } : {}),
  }
}
