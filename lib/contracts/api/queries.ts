import { z } from "zod"

const cursor = z.string().regex(/^\d{1,18}$/, "must be a cursor that the stream gave out")

export const streamQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().max(2_147_483_647).default(0),
  log: cursor.default("0"),
  sample: cursor.default("0"),
})

export const releasesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  before: z.iso.datetime({ offset: true }).optional().describe("The `createdAt` of the last entry seen."),
})

export const historyQuery = z.strictObject({
  before: z.coerce.number().int().positive().optional().describe("The `seq` of the last entry seen."),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const logsQuery = z.strictObject({
  runId: z.uuid().optional(),
  stepKey: z.string().max(200).optional(),
  format: z.enum(["text", "json"]).default("text"),
  after: cursor.default("0").describe("JSON only: the cursor of the last line seen."),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000).describe("JSON only."),
})

export const samplesQuery = z.strictObject({
  runId: z.uuid().optional(),
  after: cursor.default("0"),
  limit: z.coerce.number().int().min(1).max(10_000).default(5_000),
})
