import { removeChannelRequest } from "@/lib/contracts/api/channels"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { accessChannel, type ChannelPlace, noSuchChannel } from "./access-channel"
import { readChannels } from "./read-channels"

/** Takes a channel away for good, with its secrets. What it still owed is given up, and stays on the record of its release. */
export async function removeChannel(
  ctx: Context,
  place: ChannelPlace,
  body: unknown,
): Promise<Result<{ removed: true; givenUp: number }>> {
  const found = await accessChannel(ctx, "channel.edit", place)
  if (!found.ok) return found
  const input = parseInput(removeChannelRequest, body)
  if (!input.ok) return input
  const { service, access, channel } = found.value
  const { revision } = input.value
  const outcome = await transaction(async (tx): Promise<Result<{ removed: true; givenUp: number }>> => {
    const { count } = await tx.channel.deleteMany({ where: { id: channel.id, revision } })
    if (count === 0) {
      const where = { serviceId: service.id, channelId: channel.id }
      const [current] = await readChannels(where, { withConfig: true }, tx)
      if (!current) return noSuchChannel
      const detail = { current }
      return refused("stale", "Somebody else has changed this channel meanwhile.", { field: "revision", detail })
    }
    const owed = await tx.outbox.updateMany({
      where: { channelId: channel.id, deliveredAt: null, givenUpAt: null },
      data: { givenUpAt: await databaseNow(tx), lastError: `${access.person.name} removed the channel` },
    })
    const data = { service: service.key, channelId: channel.id, kind: channel.kind, name: channel.name }
    await recordSecurityEvent(
      {
        ...{ type: "channel.removed", userId: access.person.id, address: ctx.address },
        data: { ...data, givenUp: owed.count },
      },
      tx,
    )
    return done({ removed: true, givenUp: owed.count })
  })
  if (outcome.ok) ring("outbox")
  return outcome
}
