import { z } from "zod"
import * as channels from "./channels"
import * as deliveries from "./deliveries"
import type { Endpoint } from "./endpoint"
import * as notices from "./notices"

const service = "/services/{service}"
const channel = `${service}/channels/{channelId}`
const delivery = `${service}/deliveries/{deliveryId}`

/** What can be asked about channels, who gets what, deliveries and notices. */
export const notificationEndpoints: readonly Endpoint[] = [
  {
    method: "get",
    path: `${service}/channels`,
    action: "channel.read",
    summary: "The channels of a service, how they do and who gets what",
    response: channels.channelListSchema,
  },
  {
    method: "post",
    path: `${service}/channels`,
    action: "channel.edit",
    summary: "A new channel",
    body: channels.createChannelRequest,
    status: 201,
    response: channels.channelAnswerSchema,
  },
  {
    method: "patch",
    path: channel,
    action: "channel.edit",
    summary: "Change a channel, turn it on or off; secrets are written and never read again",
    body: channels.updateChannelRequest,
    response: channels.channelAnswerSchema,
  },
  {
    method: "delete",
    path: channel,
    action: "channel.edit",
    summary: "Remove a channel; what it still owes is given up",
    body: channels.removeChannelRequest,
    response: channels.channelRemovedSchema,
  },
  {
    method: "post",
    path: `${channel}/tests`,
    action: "channel.test",
    summary: "Send a message that says of itself that it is a test",
    body: channels.testChannelRequest,
    status: 202,
    response: deliveries.deliveryAnswerSchema,
  },
  {
    method: "patch",
    path: `${service}/routes`,
    action: "channel.edit",
    summary: "Change who gets what; what is not named stays as it is",
    body: channels.setRoutesRequest,
    response: channels.routesAnswerSchema,
  },
  {
    method: "get",
    path: `${service}/deliveries`,
    action: "channel.read",
    summary: "What went out by the channels of a service, and what is owed",
    query: deliveries.channelDeliveriesQuery,
    response: deliveries.channelDeliveriesSchema,
  },
  {
    method: "get",
    path: delivery,
    action: "channel.read",
    summary: "What became of one message",
    query: deliveries.readDeliveryQuery,
    response: deliveries.deliveryAnswerSchema,
  },
  {
    method: "post",
    path: `${delivery}/retry`,
    action: "channel.test",
    summary: "Send again what was given up",
    body: deliveries.retryDeliveryRequest,
    status: 202,
    response: deliveries.deliveryAnswerSchema,
  },
  {
    method: "get",
    path: "/me/notices",
    action: null,
    signedIn: true,
    personOnly: true,
    summary: "What the console has to say to the one who asks, the newest first",
    query: notices.noticesQuery,
    response: notices.noticeListSchema,
  },
  {
    method: "get",
    path: "/me/notices/stream",
    action: null,
    signedIn: true,
    personOnly: true,
    summary: "Notices as they come in (server-sent events)",
    response: z.string(),
    contentType: "text/event-stream",
  },
  {
    method: "post",
    path: "/me/notices/read",
    action: null,
    signedIn: true,
    personOnly: true,
    summary: "All up to one are read",
    body: notices.readNoticesRequest,
    response: notices.noticesReadSchema,
  },
]
