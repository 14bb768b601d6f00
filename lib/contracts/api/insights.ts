import { z } from "zod"
import { signoffRoleSchema } from "@/lib/domain/access/roles"
import { plausibleInstant, slug } from "./requests"

export const MOST_INSIGHT_DAYS = 400
export const USUAL_INSIGHT_DAYS = 90

export const insightsQuery = z.strictObject({
  service: slug.optional().describe("Only this one. Left out: all that you may see."),
  from: plausibleInstant.optional().describe(`Left out: ${USUAL_INSIGHT_DAYS} days before \`to\`.`),
  to: plausibleInstant.optional().describe("Half-open: what happened at this instant is not in it. Left out: now."),
})

const instant = z.iso.datetime()
const placeSchema = z.object({ key: z.string(), name: z.string() })
const spanSchema = z.object({ from: instant, to: instant })

/** Null where nothing was measured. */
const spreadSchema = z
  .object({ count: z.number().int().positive(), medianMs: z.number(), p90Ms: z.number() })
  .nullable()

const figuresSchema = z.object({
  live: z.number().int().describe("Releases that went live."),
  perWeek: z.number().nullable(),
  leadFromRelease: spreadSchema,
  leadFromCommit: spreadSchema.describe("Of those whose commits are known here."),
  failed: z.number().int(),
  failureRate: z.number().nullable().describe("0 to 1. Null: nothing went live."),
  restore: spreadSchema,
  unresolved: z.number().int().describe("Incidents that are not in `restore` because they go on."),
  rollback: spreadSchema,
})

const checkSchema = z.object({
  service: placeSchema,
  itemKey: z.string(),
  title: z.string(),
  runs: z.number().int(),
  failures: z.number().int(),
  flips: z.number().int(),
  medianMs: z.number().nullable(),
  p90Ms: z.number().nullable(),
  before: z.object({ runs: z.number().int(), failures: z.number().int(), flips: z.number().int() }).nullable(),
})

export const insightsSchema = z.object({
  span: spanSchema,
  before: spanSchema.describe("The span before, just as long."),
  service: placeSchema.nullable(),
  services: z.array(placeSchema).describe("All that you may see."),
  figures: figuresSchema,
  previous: figuresSchema,
  weeks: z.array(z.object({ start: instant, live: z.number().int(), failed: z.number().int() })),
  byService: z.array(z.object({ service: placeSchema, figures: figuresSchema, previous: figuresSchema })),
  signoffs: z.array(z.object({ role: signoffRoleSchema, waited: spreadSchema, before: spreadSchema })),
  checks: z.array(checkSchema).describe("The flakiest first."),
})
export type Insights = z.infer<typeof insightsSchema>
export type Figures = z.infer<typeof figuresSchema>
export type Spread = z.infer<typeof spreadSchema>
