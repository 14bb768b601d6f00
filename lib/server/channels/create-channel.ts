import { randomUUID } from "node:crypto"
import { type ChannelView, createChannelRequest } from "@/lib/contracts/api/channels"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { storable } from "@/lib/server/crypto/storable"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessService } from "./access-channel"
import { channelKindNames, findChannelKind } from "./channel-kinds"
import { holdNames, nameIsTaken } from "./name-is-taken"
import { at, parseChannelConfig } from "./parse-channel-config"
import { readChannels } from "./read-channels"
import { refusalWithoutKey } from "./refusal-without-key"
import { sealChannel } from "./sealed-channel"

const MOST_CHANNELS = 50

/** A new way out for messages of a service. What is secret of its settings is sealed before it is stored. */
export async function createChannel(
  ctx: Context,
  serviceKey: string,
  body: unknown,
): Promise<Result<{ channel: ChannelView }>> {
  const found = await accessService(ctx, "channel.edit", serviceKey)
  if (!found.ok) return found
  const input = parseInput(createChannelRequest, body)
  if (!input.ok) return input
  const { kind, name, allowPrivateNetwork, topics } = input.value
  const definition = findChannelKind(kind)
  if (!definition) return at("kind", `there is none called "${kind}"; there are ${channelKindNames().join(", ")}`)
  const parsed = parseChannelConfig(definition, input.value.config, {})
  if (!parsed.ok) return parsed
  const { config, secrets } = parsed.value
  const { service, access } = found.value
  const locked = await refusalWithoutKey(secrets)
  if (locked) return locked
  const id = randomUUID()
  return transaction(async (tx) => {
    await holdNames(tx, service.id)
    if (await nameIsTaken(tx, { serviceId: service.id, name })) return at("name", "another channel is called that")
    if ((await tx.channel.count({ where: { serviceId: service.id } })) >= MOST_CHANNELS) {
      return refused("conflict", `A service has at most ${MOST_CHANNELS} channels.`)
    }
    const now = await databaseNow(tx)
    await tx.channel.create({
      data: {
        ...{ id, serviceId: service.id, kind, name, allowPrivateNetwork },
        config: storable(config) as Prisma.InputJsonObject,
        ...(await sealChannel(tx, id, secrets)),
        ...{ createdAt: now, updatedAt: now, updatedByName: access.person.name },
        routes: { create: [...new Set(topics)].map((topic) => ({ topic })) },
      },
      select: { id: true },
    })
    const data = { service: service.key, channelId: id, kind, name, topics, secretFields: Object.keys(secrets) }
    const event = { type: "channel.created", userId: access.person.id, address: ctx.address, data }
    await recordSecurityEvent(event, tx)
    const [channel] = await readChannels({ serviceId: service.id, channelId: id }, { withConfig: true }, tx)
    if (!channel) throw new Error("the channel that was just made is not there")
    return done({ channel })
  })
}
