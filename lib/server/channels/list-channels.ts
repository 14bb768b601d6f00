import type { ChannelList } from "@/lib/contracts/api/channels"
import { mayPerform } from "@/lib/domain/access/policy"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { done, type Result } from "@/lib/server/result"
import { accessService } from "./access-channel"
import { readChannels } from "./read-channels"

/** The channels of a service, how they do and what they tell. */
export async function listChannels(ctx: Context, serviceKey: string): Promise<Result<ChannelList>> {
  const found = await accessService(ctx, "channel.read", serviceKey)
  if (!found.ok) return found
  const { service, access } = found.value
  // A program's token stands for no more than reading what anyone may see.
  const isPerson = access.actor.tokenId === undefined
  const may = {
    edit: isPerson && mayPerform(access.roles, "channel.edit"),
    test: isPerson && mayPerform(access.roles, "channel.test"),
  }
  const [now, channels] = await Promise.all([
    databaseNow(),
    readChannels({ serviceId: service.id }, { withConfig: may.edit }),
  ])
  return done({ service: { key: service.key, name: service.name }, channels, may, serverNow: now.toISOString() })
}
