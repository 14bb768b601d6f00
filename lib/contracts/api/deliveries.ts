import { z } from "zod"

const instant = z.string().describe("ISO 8601, UTC.")

export const deliverySchema = z.object({
  id: z.string(),
  kind: z.string().describe("What it is, such as `deployment_report`."),
  words: z.string().describe("What was to be told."),
  status: z.enum(["waiting", "delivered", "retrying", "given_up"]),
  attempts: z.number().int(),
  createdAt: instant,
  deliveredAt: instant.nullable(),
  nextTryAt: instant.nullable(),
  lastError: z.string().nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>

export const deliveriesSchema = z.object({
  deliveries: z.array(deliverySchema).describe("The newest first, at most 200."),
})
export type Deliveries = z.infer<typeof deliveriesSchema>
