import { randomUUID } from "node:crypto"
import { testChannelRequest } from "@/lib/contracts/api/channels"
import type { Delivery } from "@/lib/contracts/api/deliveries"
import type { Notification } from "@/lib/domain/notification/notification"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { deliveryViews } from "@/lib/server/outbox/delivery-view"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessChannel, type ChannelPlace } from "./access-channel"

/** Owed and not ended, by one channel: more are refused. */
const MOST_WAITING = 5

/** Owes a message that says of itself that it is a test. It takes the way of all others: what becomes of it can be followed. */
export async function sendTest(
  ctx: Context,
  place: ChannelPlace,
  body: unknown,
): Promise<Result<{ delivery: Delivery }>> {
  const found = await accessChannel(ctx, "channel.test", place)
  if (!found.ok) return found
  const input = parseInput(testChannelRequest, body ?? {})
  if (!input.ok) return input
  const { service, access, channel } = found.value
  const outcome = await transaction(async (tx) => {
    const { enabled } = await tx.channel.findUniqueOrThrow({ where: { id: channel.id }, select: { enabled: true } })
    if (!enabled) return refused("conflict", "The channel is off. Turn it on to send something by it.")
    const waiting = await tx.outbox.count({
      where: { channelId: channel.id, topic: "test", deliveredAt: null, givenUpAt: null },
    })
    if (waiting >= MOST_WAITING) {
      return refused("rate_limited", `${waiting} tests of this channel are on their way. Wait for one of them.`)
    }
    const now = await databaseNow(tx)
    const id = randomUUID()
    const notification = testNotification(id, { service, channel, by: access.person, now })
    const row = await tx.outbox.create({
      data: {
        ...{ id, kind: "notification", channelId: channel.id, topic: "test", createdAt: now, nextTryAt: now },
        payload: { notification, head: null } as unknown as Prisma.InputJsonObject,
      },
    })
    const data = { service: service.key, channelId: channel.id, deliveryId: id }
    await recordSecurityEvent({ type: "channel.tested", userId: access.person.id, address: ctx.address, data }, tx)
    return done(row)
  })
  if (!outcome.ok) return outcome
  ring("outbox")
  const [delivery] = await deliveryViews([outcome.value])
  if (!delivery) throw new Error("the test that was just written is not there")
  return done({ delivery })
}

/** It belongs to nothing: nobody is called, and no incident is opened by it anywhere. */
function testNotification(
  id: string,
  {
    service,
    channel,
    by,
    now,
  }: {
    service: { key: string; name: string }
    channel: { name: string }
    by: { id: string; name: string }
    now: Date
  },
): Notification {
  return {
    ...{ topic: "team_update", subject: `test:${id}`, incidentId: null, act: "tell", severity: "info" },
    title: `Test of the channel ${channel.name}`,
    text: `${by.name} sent this test from Golive. Nothing has happened, and there is nothing to do.`,
    facts: [
      { name: "Service", value: service.name },
      { name: "Channel", value: channel.name },
    ],
    service: { key: service.key, name: service.name },
    environment: { key: "test", name: "Test" },
    release: { id: "test", name: "Test", version: "test" },
    // Where a channel tells people apart, only who asked is told.
    people: [{ id: by.id, name: by.name }],
    path: `/settings/channels?service=${encodeURIComponent(service.key)}`,
    at: now.toISOString(),
  }
}
