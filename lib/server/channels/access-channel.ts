import { z } from "zod"
import type { Action } from "@/lib/domain/access/policy"
import { type Authorised, authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"

export interface ServiceAccess {
  service: { id: string; key: string; name: string }
  access: Extract<Authorised, { ok: true }>
}
export interface ChannelPlace {
  /** Its key, as it stands in addresses. */
  service: string
  channelId: string
}
export interface ChannelAccess extends ServiceAccess {
  channel: { id: string; name: string; kind: string }
}

/** Finds a service and asks whether the caller may do this with its channels. */
export async function accessService(ctx: Context, action: Action, key: string): Promise<Result<ServiceAccess>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const service = key.includes("\u0000")
    ? null
    : await prisma.service.findUnique({ where: { key }, select: { id: true, key: true, name: true } })
  if (!service) return refused("not_found", "There is no such service.")
  const access = await authorise(ctx, action, service.id, { service: service.key })
  return access.ok ? done({ service, access }) : access
}

/** The same for one channel. Nobody who may not do this learns which channels there are. */
export async function accessChannel(ctx: Context, action: Action, place: ChannelPlace): Promise<Result<ChannelAccess>> {
  const found = await accessService(ctx, action, place.service)
  if (!found.ok) return found
  const channel = z.uuid().safeParse(place.channelId).success
    ? await prisma.channel.findFirst({
        where: { id: place.channelId, serviceId: found.value.service.id },
        select: { id: true, name: true, kind: true },
      })
    : null
  return channel ? done({ ...found.value, channel }) : noSuchChannel
}

export const noSuchChannel = refused("not_found", "There is no such channel.")
