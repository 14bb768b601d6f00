import { z } from "zod"
import { freezeRuleSchema } from "@/lib/domain/window/freeze"
import { deploymentWindowSchema, deploymentWindowsSchema } from "@/lib/domain/window/window"
import { humanText, plausibleInstant, slug } from "./requests"

/** No answer covers more days. */
export const MOST_CALENDAR_DAYS = 100

const instant = z.iso.datetime()
const interval = z.object({ start: instant, end: instant }).meta({ description: "Half-open" })
const named = z.object({ key: z.string(), name: z.string() })
const revision = z.int().nonnegative().describe("The revision that the writer saw; a stale one is refused.")

export const calendarQuery = z.strictObject({
  service: slug.optional(),
  environment: slug.optional(),
  from: plausibleInstant.optional().describe("Now, where it is left out."),
  to: plausibleInstant.optional().describe(`At most ${MOST_CALENDAR_DAYS} days after from; 35 where it is left out.`),
})
export const freezesQuery = z.strictObject({
  service: slug.optional(),
  ended: z.enum(["yes", "no"]).default("no").describe("Those that somebody ended, too."),
})

const name = humanText(120).min(1)
const reason = humanText(2_000).min(3)
export const createFreezeRequest = z
  .strictObject({
    service: slug.nullable().default(null).describe("Null: all services."),
    environment: slug.nullable().default(null).describe("Null: all environments of the service."),
    name,
    reason,
    rule: freezeRuleSchema,
  })
  .refine(({ service, environment }) => service !== null || environment === null, {
    path: ["environment"],
    message: "needs its service",
  })
export const patchFreezeRequest = z.strictObject({
  revision,
  name: name.optional(),
  reason: reason.optional(),
  rule: freezeRuleSchema.optional(),
})
export const endFreezeRequest = z.strictObject({ reason: humanText(2_000).min(1) })
export const putWindowsRequest = z.strictObject({
  revision,
  windows: deploymentWindowsSchema.nullable().describe("Null: the playbook's hold."),
})

export const freezeViewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    reason: z.string(),
    rule: freezeRuleSchema,
    service: named.nullable(),
    environment: named.nullable(),
    by: z.string(),
    revision: z.int(),
    changedAt: instant,
    ended: z.object({ at: instant, by: z.string() }).nullable(),
    mayEdit: z.boolean(),
  })
  .meta({ id: "Freeze" })
export type FreezeView = z.infer<typeof freezeViewSchema>

export const freezeListSchema = z.object({ freezes: z.array(freezeViewSchema) })
export const freezeAnswerSchema = z.object({ freeze: freezeViewSchema })

export const environmentWindowsSchema = z.object({
  revision: z.int(),
  windows: z.array(deploymentWindowSchema).nullable(),
  playbooks: z
    .array(deploymentWindowSchema)
    .meta({ description: "Those of the newest playbooks: they hold where the environment has none of its own." }),
})
export type EnvironmentWindows = z.infer<typeof environmentWindowsSchema>

const place = { service: named, environment: named }
export const calendarSchema = z.object({
  from: instant,
  to: instant,
  now: instant,
  /** May end and begin freezes of all services. */
  mayEditAll: z.boolean(),
  environments: z.array(
    z.object({
      ...place,
      windows: environmentWindowsSchema,
      open: z.array(interval).meta({ description: "When a window is open; freezes are not left out." }),
      mayEdit: z.boolean(),
    }),
  ),
  freezes: z.array(freezeViewSchema.extend({ intervals: z.array(interval) })),
  planned: z.array(
    z.object({
      releaseId: z.uuid(),
      name: z.string(),
      ...place,
      startAt: instant,
      status: z.string(),
    }),
  ),
  deployed: z.array(
    z.object({
      releaseId: z.uuid(),
      runId: z.uuid(),
      name: z.string(),
      ...place,
      kind: z.enum(["deploy", "rollback"]),
      start: instant,
      end: instant.nullable(),
      status: z.string(),
    }),
  ),
})
export type Calendar = z.infer<typeof calendarSchema>
