import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type {
  Calendar,
  createFreezeRequest,
  EnvironmentWindows,
  endFreezeRequest,
  FreezeView,
  patchFreezeRequest,
  putWindowsRequest,
} from "@/lib/contracts/api/calendar"
import { request } from "./api"

type Body<T extends z.ZodType> = z.input<T>
export interface CalendarRange {
  fromMs: number
  toMs: number
  service: string
  environment: string
}

const REFRESH_MS = 30_000

/** The calendar of a stretch of days. No stream carries it: it is asked for again and again while it is looked at. */
export function calendarQuery({ fromMs, toMs, service, environment }: CalendarRange) {
  const query = new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
  if (service) query.set("service", service)
  if (environment) query.set("environment", environment)
  return queryOptions({
    queryKey: ["calendar", query.toString()],
    queryFn: ({ signal }) => request<Calendar>("GET", `/calendar?${query}`, undefined, signal),
    staleTime: 5_000,
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
}

export const calendarMutations = {
  createFreeze: (body: Body<typeof createFreezeRequest>) => request<{ freeze: FreezeView }>("POST", "/freezes", body),
  patchFreeze: (id: string, body: Body<typeof patchFreezeRequest>) =>
    request<{ freeze: FreezeView }>("PATCH", `/freezes/${id}`, body),
  endFreeze: (id: string, body: Body<typeof endFreezeRequest>) =>
    request<{ freeze: FreezeView }>("DELETE", `/freezes/${id}`, body),
  putWindows: (place: { service: string; environment: string }, body: Body<typeof putWindowsRequest>) =>
    request<EnvironmentWindows>("PUT", `/environments/${place.service}/${place.environment}/windows`, body),
}
