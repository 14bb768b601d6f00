import { setTimeout as delay } from "node:timers/promises"
import { type Delivery, readDeliveryQuery } from "@/lib/contracts/api/deliveries"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { subscribe } from "@/lib/server/events/doorbell"
import { deliveryViews } from "@/lib/server/outbox/delivery-view"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { accessDelivery, type DeliveryPlace, noSuchDelivery } from "./access-delivery"

/** Where the ring is missed, it is looked at again after this. */
const LOOK_MS = 2_000

/** A message as it stands; with `waitSeconds`, once there is more to say of it than was seen, or the time is over. */
export async function readDelivery(
  ctx: Context,
  place: DeliveryPlace,
  query: unknown,
  signal: AbortSignal,
): Promise<Result<{ delivery: Delivery }>> {
  const found = await accessDelivery(ctx, "channel.read", place)
  if (!found.ok) return found
  const input = parseInput(readDeliveryQuery, query)
  if (!input.ok) return input
  const untilMs = performance.now() + input.value.waitSeconds * 1_000
  let rung = new AbortController()
  const leave = subscribe("outbox", () => rung.abort())
  try {
    let { seen } = input.value
    for (;;) {
      rung = new AbortController()
      const row = await prisma.outbox.findUnique({ where: { id: found.value.deliveryId } })
      const [delivery] = row ? await deliveryViews([row]) : []
      if (!delivery) return noSuchDelivery
      const { status, tag } = delivery
      seen ??= tag
      const leftMs = untilMs - performance.now()
      const isEnded = status === "delivered" || status === "given_up"
      if (isEnded || tag !== seen || leftMs <= 0 || signal.aborted) return done({ delivery })
      await delay(Math.min(LOOK_MS, leftMs), null, { signal: AbortSignal.any([signal, rung.signal]) }).catch(() => null)
    }
  } finally {
    leave()
  }
}
