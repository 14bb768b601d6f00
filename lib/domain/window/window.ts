import { z } from "zod"

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const

/** When deployments may start: half-open `[start, end)` on the named days, by the wall clock of an IANA zone. */
export const deploymentWindowSchema = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1),
  /** `HH:MM`, 00:00 to 23:59. */
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** `HH:MM`, up to 24:00. */
  end: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  zone: z.string(),
})
export type DeploymentWindow = z.infer<typeof deploymentWindowSchema>
