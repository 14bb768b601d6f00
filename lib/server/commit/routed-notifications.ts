import type { ChannelDefinition } from "@/lib/channels/contract"
import { channelDefinitions } from "@/lib/channels/definitions.gen"
import type { Notification } from "@/lib/domain/notification/notification"
import { notificationsOf, topicsOf } from "@/lib/domain/notification/notifications-of"
import type { NewOutboxMessage } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { Prisma } from "@/prisma/generated/client/client"
import type { ReleaseInHand } from "./release-in-hand"

interface RoutedChannel {
  id: string
  kind: string
  config: unknown
  topics: string[]
}

/**
 * What the outside is told of these events: one message for each notification and channel that its topic leads to. A lane is
 * a channel and a subject, so that each channel keeps the order of an incident, and none waits for another.
 */
export async function routedNotifications(
  { tx, state: before, environment }: Pick<ReleaseInHand, "tx" | "state" | "environment">,
  { state: after, events }: { state: ReleaseState; events: readonly AnyTimelineEvent[] },
): Promise<NewOutboxMessage[]> {
  const freezeNames = Object.fromEntries(environment.freezes.map(({ id, name }) => [id, name]))
  const notifications = notificationsOf(events, { before, after, freezeNames })
  if (notifications.length === 0) return []
  const channels = await routedChannels(tx, after.service.id, [...new Set(notifications.flatMap(topicsOf))])
  return notifications.flatMap((notification) =>
    channels
      .filter((channel) => leadsTo(channel, notification))
      .map(({ id }) => ({
        ...{ kind: "notification", lane: `channel:${id}:${notification.subject}`, channelId: id },
        ...{ topic: notification.topic, payload: { notification } },
      })),
  )
}

function routedChannels(tx: ReleaseInHand["tx"], serviceId: string, topics: string[]): Promise<RoutedChannel[]> {
  return tx.$queryRaw<RoutedChannel[]>(Prisma.sql`
    SELECT c.id, c.kind, c.config, array_agg(r.topic) AS topics
    FROM "Channel" c JOIN "ChannelRoute" r ON r."channelId" = c.id
    WHERE c."serviceId" = ${serviceId}::uuid AND c.enabled AND r.topic IN (${Prisma.join(topics)})
    GROUP BY c.id ORDER BY c."createdAt", c.id`)
}

function leadsTo({ kind, config, topics }: RoutedChannel, notification: Notification): boolean {
  if (!topicsOf(notification).some((topic) => topics.includes(topic))) return false
  const definition = (channelDefinitions as Record<string, ChannelDefinition>)[kind]
  return definition?.takes?.(notification, config) ?? true
}
