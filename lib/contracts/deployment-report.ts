import { z } from "zod"

/** The payload of an outbox message of the kind `deployment_report`. */
export const deploymentReportSchema = z.object({
  report: z.object({
    key: z.string(),
    commit: z.string(),
    ref: z.string(),
    environment: z.string(),
    state: z.enum(["in_progress", "success", "failure", "cancelled"]),
    description: z.string(),
  }),
})
