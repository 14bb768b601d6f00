import { z } from "zod"
import { notificationSchema } from "@/lib/domain/notification/notification"

/** The payload of an outbox message of the kind `notification`. */
export const notificationMessageSchema = z.object({
  notification: notificationSchema,
  /** Head of the release's chain when it was said. Null for a test. */
  head: z.object({ releaseId: z.string(), seq: z.number().int(), hash: z.string() }).nullable(),
})
