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

/** Windows of an environment: deployments may start where one of them is open. */
export const deploymentWindowsSchema = z
  .array(
    deploymentWindowSchema
      .extend({
        days: deploymentWindowSchema.shape.days.max(7),
        zone: z.string().max(60).refine(isZone, "is no time zone"),
      })
      .refine(({ start, end }) => start < end, { path: ["end"], message: "must be after the start" }),
  )
  .min(1, "needs a window; without windows of its own the playbook's hold")
  .max(20)

/** Whether this is the name of an IANA time zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone })
    // Offsets as "+02:00" are taken by some engines; they know no summer time.
    return /^[A-Za-z]/.test(zone)
  } catch {
    return false
  }
}
