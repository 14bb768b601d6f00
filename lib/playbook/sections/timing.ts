import { z } from "zod"
import { deploymentWindowSchema } from "@/lib/domain/window/window"
import { duration, isLonger } from "@/lib/playbook/duration"

/** Area and city, or UTC: abbreviations such as EST and fixed offsets do not know daylight saving. */
function isZone(zone: string): boolean {
  if (zone !== "UTC" && !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export const windowSchema = deploymentWindowSchema
  .extend({
    zone: z
      .string()
      .refine(isZone, "must be an IANA time zone such as America/New_York")
      .describe("IANA time zone, for example America/New_York."),
  })
  .superRefine((window, ctx) => {
    if (window.start >= window.end) ctx.addIssue({ code: "custom", path: ["end"], message: "must be after `start`" })
    if (new Set(window.days).size < window.days.length) {
      ctx.addIssue({ code: "custom", path: ["days"], message: "names a day twice" })
    }
  })
  .describe("When deployments may start: from `start` until just before `end`, on the named days.")

export const budgetsSchema = z.strictObject({
  downtime: z
    .strictObject({ min: duration, max: duration })
    .refine((range) => !isLonger(range.min, range.max), {
      path: ["max"],
      message: "must not be less than `min`",
    })
    .describe("How long users may see the maintenance page."),
  rollback: duration.describe("The stopwatch of a rollback."),
  preflightLead: duration.describe("How long before the deployment preflight begins."),
  maintenanceLead: duration.describe("How long before the deployment maintenance mode begins."),
})
