import { randomUUID } from "node:crypto"
import { type Topic, topicKeys } from "@/lib/domain/notification/topics"
import { sealChannel } from "@/lib/server/channels/sealed-channel"
import { transaction } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"

export interface AddedChannel {
  id: string
}

/** A channel of a service that tells these topics (all, if left out), as the console would store it. */
export async function addChannel(
  { service }: { service: { id: string } },
  wanted: { kind: string; config?: object; secrets?: Record<string, string>; topics?: readonly Topic[] },
): Promise<AddedChannel> {
  const { kind, config = {}, secrets = {}, topics = topicKeys } = wanted
  const id = randomUUID()
  await transaction(async (tx) => {
    await tx.channel.create({
      data: {
        ...{
          id,
          serviceId: service.id,
          kind,
          name: `${kind} ${id.slice(0, 8)}`,
          config: config as Prisma.InputJsonObject,
        },
        ...(await sealChannel(tx, id, secrets)),
        ...{ allowPrivateNetwork: true, updatedByName: "A test" },
        routes: { create: topics.map((topic) => ({ topic })) },
      },
    })
  })
  return { id }
}
