import { z } from "zod"
import { topicKeys } from "@/lib/domain/notification/topics"

const instant = z.string().describe("ISO 8601, UTC.")

export const deliveryStatuses = ["waiting", "delivered", "retrying", "given_up"] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

export const deliverySchema = z.object({
  id: z.string(),
  seq: z.string().describe("The order in which they came to be. A number as text."),
  kind: z.string().describe("What it is: `deployment_report`, `notification`."),
  words: z.string().describe("What was to be told."),
  status: z.enum(deliveryStatuses),
  tag: z.string().describe("Another one whenever there is more to say of it."),
  attempts: z.number().int(),
  createdAt: instant,
  deliveredAt: instant.nullable(),
  nextTryAt: instant.nullable(),
  lastError: z.string().nullable(),
  topic: z.string().nullable().describe("What a notification is about. Null: a test, or no notification."),
  channel: z
    .object({ id: z.uuid(), name: z.string(), kind: z.string() })
    .nullable()
    .describe("By which it leaves. Null: not by a channel, or by one that was removed."),
  release: z.object({ id: z.uuid(), name: z.string() }).nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>

export const deliveriesSchema = z.object({
  deliveries: z.array(deliverySchema).describe("The newest first, at most 200."),
})
export type Deliveries = z.infer<typeof deliveriesSchema>

export const channelDeliveriesQuery = z.strictObject({
  channelId: z.uuid().optional(),
  status: z.enum(deliveryStatuses).optional(),
  topic: z.enum([...topicKeys, "test"]).optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/, "must be the `seq` of a delivery")
    .optional()
    .describe("The `seq` of the last delivery seen."),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})
export const channelDeliveriesSchema = z.object({
  deliveries: z.array(deliverySchema).describe("The newest first."),
  more: z.boolean().describe("Whether there are older ones."),
})
export type ChannelDeliveries = z.infer<typeof channelDeliveriesSchema>

export const deliveryAnswerSchema = z.object({ delivery: deliverySchema })
export const readDeliveryQuery = z.strictObject({
  waitSeconds: z.coerce
    .number()
    .int()
    .min(0)
    .max(25)
    .default(0)
    .describe("How long to wait for another attempt, or its end, before it is answered as it stands."),
  seen: z
    .string()
    .max(100)
    .optional()
    .describe("The `tag` that was seen: there is nothing to wait for where it has another."),
})
export const retryDeliveryRequest = z.strictObject({})
