import { randomUUID } from "node:crypto"
import { topicKeys } from "@/lib/domain/notification/topics"
import { prisma } from "@/lib/server/db"

/** A first channel, so that people are told something from the beginning. Whoever removed it, or has others, keeps it so. */
export async function ensureChannel(serviceId: string): Promise<void> {
  const [channels, removed] = await Promise.all([
    prisma.channel.count({ where: { serviceId } }),
    prisma.securityEvent.count({ where: { type: "channel.removed" } }),
  ])
  if (channels > 0 || removed > 0) return
  // What customers are told is meant for them.
  const topics = topicKeys.filter((topic) => topic !== "customer_update")
  await prisma.channel.create({
    data: {
      ...{ id: randomUUID(), serviceId, kind: "browser", name: "In the console", config: {} },
      updatedByName: "Golive",
      routes: { create: topics.map((topic) => ({ topic })) },
    },
    select: { id: true },
  })
}
