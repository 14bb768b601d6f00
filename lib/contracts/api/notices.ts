import { z } from "zod"
import { notificationSeverities } from "@/lib/domain/notification/notification"

const seq = z.string().regex(/^\d{1,18}$/, "must be the `seq` of a notice")

export const noticeSchema = z
  .object({
    id: z.uuid(),
    seq: seq.describe("Grows with every notice. A number as text."),
    topic: z.string(),
    severity: z.enum(notificationSeverities),
    title: z.string(),
    text: z.string(),
    href: z.string().describe("Where it leads, below the console's address."),
    service: z.object({ key: z.string(), name: z.string() }),
    mine: z.boolean().describe("For this person alone, and not for everybody with a role for the service."),
    at: z.string().describe("ISO 8601, UTC."),
  })
  .meta({ id: "Notice" })
export type NoticeView = z.infer<typeof noticeSchema>

export const noticesQuery = z.strictObject({
  before: seq.optional().describe("The `seq` of the last notice seen."),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export const noticeListSchema = z.object({
  notices: z.array(noticeSchema).describe("The newest first."),
  readSeq: seq.describe("All up to this one are read."),
  unread: z.number().int().describe("How many are not; 100 stands for 100 or more."),
  more: z.boolean().describe("Whether there are older ones."),
})
export type NoticeList = z.infer<typeof noticeListSchema>

export const readNoticesRequest = z.strictObject({
  seq: seq.describe("All up to this one are read. The mark never goes back."),
})
export const noticesReadSchema = z.object({ readSeq: seq, unread: z.number().int() })
export type NoticesRead = z.infer<typeof noticesReadSchema>

/**
 * Frames of `GET /api/v1/me/notices/stream` (server-sent events): `notice` brings one that came in since the stream was
 * opened, `read` says that the person has read some elsewhere. Whoever reconnects reads the list anew.
 */
export const noticeFrameSchemas = { notice: noticeSchema, read: noticesReadSchema } as const
