import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type {
  ConnectionTestView,
  EnvironmentView,
  putConfigRequest,
  putConfigResponse,
} from "@/lib/contracts/api/environments"
import { request } from "./api"
import { syncClock } from "./clock"

interface Place {
  service: string
  environment: string
}
const WAIT_SECONDS = 20

function pathOf({ service, environment }: Place): string {
  return `/environments/${encodeURIComponent(service)}/${encodeURIComponent(environment)}`
}

/** One environment. No stream carries it: it is read again when the page is looked at again. */
export function environmentQuery(place: Place) {
  return queryOptions({
    queryKey: ["environment", place.service, place.environment],
    queryFn: async ({ signal }) => {
      const view = await request<EnvironmentView>("GET", pathOf(place), undefined, signal)
      syncClock(view.serverNow, Date.now())
      return view
    },
    staleTime: 5_000,
    retry: 1,
  })
}

export function putConfig(place: Place, body: z.input<typeof putConfigRequest>) {
  return request<z.output<typeof putConfigResponse>>("PUT", `${pathOf(place)}/config`, body)
}

/** Asks for a test and waits for its end; a worker does it, so there is none where no worker runs. */
export async function testConnection(
  place: Place,
  config: unknown,
  onChange: (test: ConnectionTestView) => void,
  signal: AbortSignal,
): Promise<ConnectionTestView> {
  const path = `${pathOf(place)}/tests`
  let { test } = await request<{ test: ConnectionTestView }>(
    "POST",
    path,
    config === undefined ? {} : { config },
    signal,
  )
  for (;;) {
    onChange(test)
    if (test.finishedAt) return test
    const asked = `${path}/${test.id}?waitSeconds=${WAIT_SECONDS}`
    test = (await request<{ test: ConnectionTestView }>("GET", asked, undefined, signal)).test
  }
}
