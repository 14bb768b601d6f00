import { z } from "zod"
import { humanText, plausibleInstant } from "./requests"

export const setScheduleRequest = z.strictObject({
  startAt: plausibleInstant.describe(
    "When the deployment begins. Pre-flight and maintenance begin before it, as the playbook says.",
  ),
})
export const cancelScheduleRequest = z.strictObject({ reason: humanText(4000).min(1) })
