import { type ChannelDeliveries, channelDeliveriesQuery, type DeliveryStatus } from "@/lib/contracts/api/deliveries"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { deliveryViews } from "@/lib/server/outbox/delivery-view"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessService } from "./access-channel"

/** What went out by the channels of a service, or is owed: by channel, by state, by topic; the newest first, page by page. */
export async function listChannelDeliveries(
  ctx: Context,
  serviceKey: string,
  query: unknown,
): Promise<Result<ChannelDeliveries>> {
  const found = await accessService(ctx, "channel.read", serviceKey)
  if (!found.ok) return found
  const input = parseInput(channelDeliveriesQuery, query)
  if (!input.ok) return input
  const { channelId, status, topic, before, limit } = input.value
  const channels = await prisma.channel.findMany({
    where: { serviceId: found.value.service.id, ...(channelId ? { id: channelId } : {}) },
    select: { id: true },
  })
  const rows = await prisma.outbox.findMany({
    where: {
      channelId: { in: channels.map(({ id }) => id) },
      ...(status ? ofStatus[status] : {}),
      ...(topic ? { topic } : {}),
      ...(before ? { seq: { lt: BigInt(before) } } : {}),
    },
    orderBy: { seq: "desc" },
    take: limit + 1,
  })
  return done({ deliveries: await deliveryViews(rows.slice(0, limit)), more: rows.length > limit })
}

const owed = { deliveredAt: null, givenUpAt: null } as const
const ofStatus: Record<DeliveryStatus, Prisma.OutboxWhereInput> = {
  delivered: { deliveredAt: { not: null } },
  given_up: { deliveredAt: null, givenUpAt: { not: null } },
  retrying: { ...owed, lastError: { not: null } },
  waiting: { ...owed, lastError: null },
}
