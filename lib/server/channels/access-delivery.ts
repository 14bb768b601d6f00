import { z } from "zod"
import type { Action } from "@/lib/domain/access/policy"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"
import { accessService, type ServiceAccess } from "./access-channel"

export interface DeliveryPlace {
  service: string
  deliveryId: string
}

/** Finds a message that leaves by a channel of this service, and asks whether the caller may do this with it. */
export async function accessDelivery(
  ctx: Context,
  action: Action,
  { service: key, deliveryId }: DeliveryPlace,
): Promise<Result<ServiceAccess & { deliveryId: string; channelId: string }>> {
  const found = await accessService(ctx, action, key)
  if (!found.ok) return found
  const row = z.uuid().safeParse(deliveryId).success
    ? await prisma.outbox.findUnique({ where: { id: deliveryId }, select: { channelId: true } })
    : null
  const channel = row?.channelId
    ? await prisma.channel.findFirst({
        where: { id: row.channelId, serviceId: found.value.service.id },
        select: { id: true },
      })
    : null
  return channel ? done({ ...found.value, deliveryId, channelId: channel.id }) : noSuchDelivery
}

export const noSuchDelivery = refused("not_found", "There is no such message.")
