import { z } from "zod"
import { tooIntricate } from "@/lib/domain/report/markdown-pieces"
import type { ReportModel } from "@/lib/domain/report/report-model"
import { humanText, plausibleInstant } from "./requests"

export const MOST_REPORT_BYTES = 200 * 1024

export const reportQuery = z.strictObject({
  format: z.enum(["json", "md", "pdf"]).default("json"),
  draft: z.enum(["1"]).optional().describe("A fresh draft, also where a revision was saved."),
  revision: z.coerce.number().int().positive().optional().describe("An earlier revision. Left out: the last."),
})

const markdown = humanText(MOST_REPORT_BYTES)
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= MOST_REPORT_BYTES, "must be at most 200 KB")
  .superRefine((text, context) => {
    const fault = tooIntricate(text)
    if (fault) context.addIssue({ code: "custom", message: fault })
  })

export const saveReportRequest = z.strictObject({
  revision: z
    .number()
    .int()
    .nonnegative()
    .describe("The revision that the writer saw; 0 where none was saved. A stale one is refused with the current."),
  markdown,
})

export const addIncidentActionRequest = z.strictObject({
  title: humanText(200).min(1),
  detail: humanText(4000).optional(),
  assigneeId: z.uuid().nullable().optional(),
  dueAt: plausibleInstant.nullable().optional(),
})

const savedRevisionSchema = z.object({
  revision: z.number().int(),
  by: z.string(),
  at: z.iso.datetime(),
  evidenceId: z.uuid(),
  sha256: z.string().describe("Of all that is kept as evidence, as the event names it."),
  seq: z.number().int().describe("The event that saved it."),
})
export type SavedRevision = z.infer<typeof savedRevisionSchema>

export const reportRevisionsSchema = z.object({ revisions: z.array(savedRevisionSchema) })
export type ReportRevisions = z.infer<typeof reportRevisionsSchema>

export const reportSchema = z.object({
  reportId: z.string().describe("`release`, or the incident's id."),
  kind: z.enum(["release", "incident"]),
  title: z.string(),
  markdown: z.string(),
  textSha256: z.string(),
  /** Null: it is a draft. */
  shown: savedRevisionSchema.nullable(),
  /** The last revision that somebody saved. */
  saved: savedRevisionSchema.nullable(),
  head: z
    .object({ seq: z.number().int(), hash: z.string() })
    .describe("The last event that it tells of; of a revision, the one that saved it."),
  draftedTo: z.iso.datetime().describe("When the last event was that a draft of this moment tells of."),
  since: z
    .object({ revision: z.number().int(), markdown: z.string() })
    .nullable()
    .describe("Of a fresh draft: what the draft was when the last revision was saved, to see what has changed."),
  model: z.looseObject({ kind: z.string(), title: z.string(), figures: z.record(z.string(), z.unknown()) }),
})
export type Report = Omit<z.infer<typeof reportSchema>, "model"> & { model: ReportModel }
