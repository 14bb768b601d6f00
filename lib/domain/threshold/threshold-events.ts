import { z } from "zod"

export const thresholdLevels = ["critical", "warning"] as const
export type ThresholdLevel = (typeof thresholdLevels)[number]

const threshold = { level: z.enum(thresholdLevels), key: z.string(), title: z.string(), words: z.string() }

export const thresholdEventSchemas = {
  "threshold.breached": z.strictObject(threshold),
  "threshold.cleared": z.strictObject(threshold),
} as const
