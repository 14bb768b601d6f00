import { z } from "zod"
import { channelHealths } from "@/lib/domain/notification/channel-health"
import { type Topic, topicKeys } from "@/lib/domain/notification/topics"
import { humanText } from "./requests"

const instant = z.iso.datetime()
const name = humanText(80).min(1, "is missing")
const revision = z.int().positive().describe("The revision that the writer saw; a stale one is refused.")
const config = z
  .record(z.string(), z.unknown())
  .describe("By the kind's own schema. Its secret fields are written and never read again.")
const allowPrivateNetwork = z.boolean().describe("May send to private and loopback addresses.")
const topic = z.enum(topicKeys as [Topic, ...Topic[]])

export const createChannelRequest = z.strictObject({
  kind: z.string().max(80),
  name,
  config: config.default({}),
  allowPrivateNetwork: allowPrivateNetwork.default(false),
  topics: z.array(topic).default([]).describe("What it is to tell, from the beginning."),
})
export const updateChannelRequest = z.strictObject({
  revision,
  name: name.optional(),
  config: config
    .optional()
    .describe("All settings anew. A secret field that is left out keeps its value; null takes it away."),
  allowPrivateNetwork: allowPrivateNetwork.optional(),
  enabled: z.boolean().optional(),
})
export const removeChannelRequest = z.strictObject({ revision })
export const testChannelRequest = z.strictObject({})

/** Only what is named is changed: two people who tick different boxes at once do not undo each other. */
export const setRoutesRequest = z.strictObject({
  changes: z
    .array(z.strictObject({ channelId: z.uuid(), topic, on: z.boolean() }))
    .min(1)
    .max(500),
})

export const channelViewSchema = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    name: z.string(),
    config: z.record(z.string(), z.unknown()).nullable().describe("Without secrets. Null: the caller may not see it."),
    secretFields: z.array(z.string()).describe("Which secret fields are set."),
    allowPrivateNetwork: z.boolean(),
    enabled: z.boolean(),
    revision: z.int(),
    updatedAt: instant,
    updatedBy: z.string(),
    topics: z.array(topic).describe("What it tells."),
    health: z.object({
      state: z.enum(channelHealths),
      lastDeliveredAt: instant.nullable(),
      lastGivenUpAt: instant.nullable(),
      lastError: z.string().nullable().describe("Of the newest message that did not arrive."),
      waiting: z.int().describe("Owed, those that are tried again among them."),
      retrying: z.int(),
      failedLastDay: z.int().describe("Given up within the last 24 hours."),
    }),
  })
  .meta({ id: "Channel" })
export type ChannelView = z.infer<typeof channelViewSchema>

export const channelListSchema = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  channels: z.array(channelViewSchema).describe("By name."),
  may: z.object({ edit: z.boolean(), test: z.boolean() }),
  serverNow: instant,
})
export type ChannelList = z.infer<typeof channelListSchema>

export const channelAnswerSchema = z.object({ channel: channelViewSchema })
export const channelRemovedSchema = z.object({
  removed: z.boolean(),
  givenUp: z.int().describe("How many messages were still owed by it."),
})
export const routesAnswerSchema = z.object({
  topics: z.record(z.string(), z.array(topic)).describe("What each channel of the service tells, by the channel's id."),
})
