import { ChannelRefusal } from "@/lib/channels/contract"
import { notificationMessageSchema } from "@/lib/contracts/notification-message"
import { findChannel } from "@/lib/server/channels/find-channel"
import { sendThrough } from "@/lib/server/channels/send-through"
import { type Deliver, NotYet, Undeliverable } from "./deliver"

/** Sends a notification by the channel that it was written for. Its key is the message's id: the same for every attempt. */
export const deliverNotification: Deliver = async ({ id: key, channelId, payload }, signal) => {
  const channel = channelId === null ? null : await findChannel(channelId)
  if (!channel) throw new Undeliverable("The channel was removed")
  if (!channel.enabled) throw new Undeliverable("The channel is turned off")
  const { notification, head } = notificationMessageSchema.parse(payload)
  await sendThrough(channel, { key, notification, head }, signal).catch((error: unknown) => {
    if (!(error instanceof ChannelRefusal)) throw error
    if (error.final) throw new Undeliverable(error.message)
    throw error.retryAfterMs === null ? error : new NotYet(error.message, error.retryAfterMs)
  })
}
