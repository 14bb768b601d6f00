import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type {
  ChannelList,
  ChannelView,
  createChannelRequest,
  routesAnswerSchema,
  setRoutesRequest,
  updateChannelRequest,
} from "@/lib/contracts/api/channels"
import type { ChannelDeliveries, Delivery, DeliveryStatus } from "@/lib/contracts/api/deliveries"
import { request } from "./api"
import { syncClock } from "./clock"

const REFRESH_MS = 15_000
const WAIT_SECONDS = 20

function pathOf(service: string): string {
  return `/services/${encodeURIComponent(service)}`
}

/** The channels of a service. How they do changes without a person: it is asked again while somebody looks. */
export function channelsQuery(service: string) {
  return queryOptions({
    queryKey: ["channels", service],
    queryFn: async ({ signal }) => {
      const list = await request<ChannelList>("GET", `${pathOf(service)}/channels`, undefined, signal)
      syncClock(list.serverNow, Date.now())
      return list
    },
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: true,
    retry: 1,
  })
}

export interface DeliveryFilter {
  channelId?: string
  status?: DeliveryStatus
  topic?: string
}

/** What went out, page by page. Looked at again while something of it is owed. */
export function channelDeliveriesQuery(service: string, filter: DeliveryFilter) {
  return infiniteQueryOptions({
    queryKey: ["channel-deliveries", service, filter],
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...filter, ...(pageParam ? { before: pageParam } : {}) }
      const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]))
      const path = `${pathOf(service)}/deliveries?${new URLSearchParams(given)}`
      return request<ChannelDeliveries>("GET", path, undefined, signal)
    },
    initialPageParam: "",
    getNextPageParam: (last) => (last.more ? last.deliveries.at(-1)?.seq : undefined),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => {
      const owed = state.data?.pages.some(({ deliveries }) =>
        deliveries.some(({ status }) => status === "waiting" || status === "retrying"),
      )
      return owed ? 5_000 : REFRESH_MS
    },
    retry: 1,
  })
}

interface Place {
  service: string
  channelId: string
}
const channelPath = ({ service, channelId }: Place) => `${pathOf(service)}/channels/${channelId}`

export function createChannel(service: string, body: z.input<typeof createChannelRequest>) {
  return request<{ channel: ChannelView }>("POST", `${pathOf(service)}/channels`, body)
}

export function updateChannel(place: Place, body: z.input<typeof updateChannelRequest>) {
  return request<{ channel: ChannelView }>("PATCH", channelPath(place), body)
}

export function removeChannel(place: Place, revision: number) {
  return request<{ removed: boolean; givenUp: number }>("DELETE", channelPath(place), { revision })
}

export type RouteChange = z.input<typeof setRoutesRequest>["changes"][number]

export function setRoutes(service: string, changes: RouteChange[]) {
  return request<z.infer<typeof routesAnswerSchema>>("PATCH", `${pathOf(service)}/routes`, { changes })
}

export function retryDelivery(service: string, deliveryId: string) {
  return request<{ delivery: Delivery }>("POST", `${pathOf(service)}/deliveries/${deliveryId}/retry`, {})
}

export async function sendTest(place: Place): Promise<Delivery> {
  return (await request<{ delivery: Delivery }>("POST", `${channelPath(place)}/tests`, {})).delivery
}

/** Follows a message until it arrived or was given up, or the signal fires. */
export async function followDelivery(
  service: string,
  first: Delivery,
  onChange: (delivery: Delivery) => void,
  signal: AbortSignal,
): Promise<void> {
  let delivery = first
  for (;;) {
    onChange(delivery)
    if (delivery.status === "delivered" || delivery.status === "given_up") return
    const query = new URLSearchParams({ waitSeconds: String(WAIT_SECONDS), seen: delivery.tag })
    const path = `${pathOf(service)}/deliveries/${delivery.id}?${query}`
    delivery = (await request<{ delivery: Delivery }>("GET", path, undefined, signal)).delivery
  }
}
