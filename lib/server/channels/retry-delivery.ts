import { type Delivery, retryDeliveryRequest } from "@/lib/contracts/api/deliveries"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { deliveryViews } from "@/lib/server/outbox/delivery-view"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { accessDelivery, type DeliveryPlace, noSuchDelivery } from "./access-delivery"

/** Sends what was given up once more, from its first attempt; what waits for its next attempt has it now. The key stays. */
export async function retryDelivery(
  ctx: Context,
  place: DeliveryPlace,
  body: unknown,
): Promise<Result<{ delivery: Delivery }>> {
  const found = await accessDelivery(ctx, "channel.test", place)
  if (!found.ok) return found
  const input = parseInput(retryDeliveryRequest, body ?? {})
  if (!input.ok) return input
  const { service, access, deliveryId, channelId } = found.value
  const again = await transaction(async (tx) => {
    const { count } = await tx.outbox.updateMany({
      where: { id: deliveryId, deliveredAt: null, lastError: { not: null } },
      data: { givenUpAt: null, attempts: 0, nextTryAt: await databaseNow(tx) },
    })
    if (count === 0) return false
    const data = { service: service.key, channelId, deliveryId }
    await recordSecurityEvent({ type: "delivery.retried", userId: access.person.id, address: ctx.address, data }, tx)
    return true
  })
  const row = await prisma.outbox.findUnique({ where: { id: deliveryId } })
  const [delivery] = row ? await deliveryViews([row]) : []
  if (!delivery) return noSuchDelivery
  if (!again) {
    const why = delivery.status === "delivered" ? "It has arrived." : "It has not been tried yet."
    return refused("conflict", `${why} There is nothing to try again.`, { detail: { current: delivery } })
  }
  ring("outbox")
  return done({ delivery })
}
