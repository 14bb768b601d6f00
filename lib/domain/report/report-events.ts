import { z } from "zod"

export const reportEventSchemas = {
  /** What stands in it is kept as evidence; each save is a revision that stays. */
  "report.saved": z.strictObject({
    /** `release`, or the incident's id. */
    reportId: z.string(),
    kind: z.enum(["release", "incident"]),
    revision: z.number().int().positive(),
    evidenceId: z.string(),
    sha256: z.string(),
  }),
} as const
