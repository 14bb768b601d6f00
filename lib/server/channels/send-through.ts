import { ChannelRefusal } from "@/lib/channels/contract"
import type { Notification } from "@/lib/domain/notification/notification"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { channelPorts } from "./channel-ports"
import { openChannel, type SealedChannel } from "./sealed-channel"
import { sendByKind } from "./send-by-kind"

export interface StoredChannel extends SealedChannel {
  serviceId: string
  kind: string
  config: unknown
  allowPrivateNetwork: boolean
}

export interface OutgoingMessage {
  /** The same for every attempt. */
  key: string
  notification: Notification
  head: { releaseId: string; seq: number; hash: string } | null
}

/**
 * Sends one message through a channel as it is set up at this moment: what was mended counts at once. Rejects with a
 * ChannelRefusal in words without secrets, or the signal's reason.
 */
export async function sendThrough(
  channel: StoredChannel,
  { key, notification, head }: OutgoingMessage,
  signal: AbortSignal,
): Promise<void> {
  const opened = await openChannel(channel)
  if (!opened.ok) throw new ChannelRefusal(opened.why)
  const { kind, config, allowPrivateNetwork, serviceId } = channel
  const consoleUrl = env().NEXTAUTH_URL.replace(/\/$/, "")
  const people = await reachable(notification.people.map(({ id }) => id))
  const message = { key, notification, people, url: `${consoleUrl}${notification.path}`, consoleUrl, head, serviceId }
  const ports = channelPorts({ allowPrivateNetwork, signal })
  await sendByKind({ kind, config, secrets: opened.fields }, message, ports)
}

/** Those who may still come in, with their addresses of today. */
function reachable(ids: string[]): Promise<{ id: string; name: string; email: string }[]> {
  if (ids.length === 0) return Promise.resolve([])
  return prisma.user.findMany({
    where: { id: { in: ids }, disabledAt: null },
    select: { id: true, name: true, email: true },
    orderBy: { name: "asc" },
  })
}
