import { z } from "zod"
import { metricNames } from "@/lib/domain/metric/rule"
import { duration, durationOrZero, isLonger } from "@/lib/playbook/duration"
import { checkBindingSchema } from "./check-binding"
import { key, words } from "./text"

/** Something to look at in a round: the console shows the metric or runs the check, a person judges the rest. */
export const roundItemSchema = z.strictObject({
  key,
  title: words(),
  metric: z.enum(metricNames).optional(),
  check: checkBindingSchema.optional(),
})

export const monitoringSchema = z.strictObject({
  bands: z
    .array(
      z
        .strictObject({
          key,
          title: words(),
          from: durationOrZero.describe("From go-live."),
          to: duration.describe("From go-live; the band ends before it."),
          every: duration,
          items: z.array(roundItemSchema).min(1).max(100),
        })
        .refine((band) => band.from !== band.to && !isLonger(band.from, band.to), {
          path: ["to"],
          message: "must be later than `from`",
        }),
    )
    .max(50),
})
