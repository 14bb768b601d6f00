import { setRoutesRequest } from "@/lib/contracts/api/channels"
import type { Topic } from "@/lib/domain/notification/topics"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { accessService } from "./access-channel"
import { at } from "./parse-channel-config"
import { topicsInOrder } from "./read-channels"

export interface Routes {
  /** By the channel's id. */
  topics: Record<string, Topic[]>
}

/**
 * Changes who gets what, box by box: only what is named is touched, so two people who tick different boxes at once do not
 * undo each other, and ticking what is ticked changes nothing. All of it or nothing.
 */
export async function setRoutes(ctx: Context, serviceKey: string, body: unknown): Promise<Result<Routes>> {
  const found = await accessService(ctx, "channel.edit", serviceKey)
  if (!found.ok) return found
  const input = parseInput(setRoutesRequest, body)
  if (!input.ok) return input
  const { service, access } = found.value
  const { changes } = input.value
  return transaction(async (tx) => {
    // Held until the commit: a channel that is removed meanwhile gets no rows of its own any more.
    const channels = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM "Channel" WHERE "serviceId" = ${service.id}::uuid ORDER BY id FOR NO KEY UPDATE`
    const named = new Map(channels.map(({ id, name }) => [id, name]))
    const stranger = changes.findIndex(({ channelId }) => !named.has(channelId))
    if (stranger >= 0) return at(`changes.${stranger}.channelId`, "the service has no such channel")
    // Of two words about one box, the last holds.
    const wanted = new Map(changes.map((change) => [`${change.channelId} ${change.topic}`, change]))
    const changed: string[] = []
    for (const { channelId, topic, on } of wanted.values()) {
      const { count } = on
        ? await tx.channelRoute.createMany({ data: [{ channelId, topic }], skipDuplicates: true })
        : await tx.channelRoute.deleteMany({ where: { channelId, topic } })
      if (count > 0) changed.push(`${on ? "+" : "-"}${topic} ${named.get(channelId)}`)
    }
    if (changed.length > 0) {
      const data = { service: service.key, changed }
      const event = { type: "channel.routed", userId: access.person.id, address: ctx.address, data }
      await recordSecurityEvent(event, tx)
    }
    const rows = await tx.channelRoute.findMany({ where: { channelId: { in: [...named.keys()] } } })
    const topicsOf = (id: string) => rows.filter(({ channelId }) => channelId === id).map(({ topic }) => topic)
    return done({ topics: Object.fromEntries([...named.keys()].map((id) => [id, topicsInOrder(topicsOf(id))])) })
  })
}
