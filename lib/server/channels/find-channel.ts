import { prisma } from "@/lib/server/db"
import type { StoredChannel } from "./send-through"

/** A channel as messages leave by it, its secrets still sealed. Null: it was removed. */
export function findChannel(id: string): Promise<(StoredChannel & { enabled: boolean }) | null> {
  return prisma.channel.findUnique({
    where: { id },
    select: {
      ...{ id: true, serviceId: true, name: true, kind: true, config: true, sealed: true, keyId: true },
      ...{ enabled: true, allowPrivateNetwork: true },
    },
  })
}
