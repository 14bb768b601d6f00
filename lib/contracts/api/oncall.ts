import { z } from "zod"
import { rotationSchema } from "@/lib/domain/oncall/rotation"
import { humanText, plausibleInstant, slug } from "./requests"

/** No answer covers more days, and no override lasts longer. */
export const MOST_SHIFT_DAYS = 400

const instant = z.iso.datetime()
const named = z.object({ key: z.string(), name: z.string() })
const revision = z.int().nonnegative().describe("The revision that the writer saw; a stale one is refused.")
const person = z.object({
  id: z.uuid(),
  name: z.string(),
  disabled: z.boolean().meta({ description: "Nobody is called while it is their turn." }),
})
export type OncallPerson = z.infer<typeof person>

export const oncallQuery = z.strictObject({ service: slug.optional() })
export const shiftsQuery = z.strictObject({
  service: slug.optional(),
  rota: z.uuid().optional(),
  from: plausibleInstant.optional().describe("Now, where it is left out."),
  to: plausibleInstant.optional().describe(`At most ${MOST_SHIFT_DAYS} days after from; 35 where it is left out.`),
})

const name = humanText(120).min(1)
export const createRotaRequest = z.strictObject({
  service: slug,
  key: slug.describe("What playbooks call it, for example `on-call`."),
  name,
  rotation: rotationSchema,
})
export const patchRotaRequest = z.strictObject({
  revision,
  name: name.optional(),
  rotation: rotationSchema.optional(),
})
export const removeRotaRequest = z.strictObject({ revision })
export const createOverrideRequest = z.strictObject({
  personId: z.uuid(),
  startsAt: plausibleInstant.optional().describe("From now on, where it is left out."),
  endsAt: plausibleInstant.describe("Half-open: from then on it is over."),
  reason: humanText(400).min(1).optional(),
})
export const cancelOverrideRequest = z.strictObject({}).optional()
export const feedRequest = z.strictObject({}).optional()

export const shiftSchema = z
  .object({
    start: instant,
    end: instant,
    person: person.nullable().meta({ description: "Null: nobody has these hours." }),
    overrideId: z.uuid().nullable().meta({ description: "Null: it is the rotation's turn." }),
  })
  .meta({ id: "Shift" })
export type ShiftView = z.infer<typeof shiftSchema>

export const overrideSchema = z
  .object({
    id: z.uuid(),
    person,
    start: instant,
    end: instant,
    reason: z.string().nullable(),
    by: z.string(),
    createdAt: instant,
    cancelledAt: instant.nullable(),
  })
  .meta({ id: "OncallOverride" })
export type OverrideView = z.infer<typeof overrideSchema>

export const rotaSchema = z
  .object({
    id: z.uuid(),
    service: named,
    key: z.string(),
    name: z.string(),
    rotation: rotationSchema,
    people: z.array(person).meta({ description: "Everybody whom the rotation names." }),
    revision: z.int(),
    changedAt: instant,
    hasFeed: z.boolean(),
    now: z.object({
      person: person.nullable(),
      overrideId: z.uuid().nullable(),
      until: instant.nullable().meta({ description: "Null: nobody else is in sight." }),
      next: person.nullable().meta({ description: "Who is called from `until` on; null: nobody." }),
    }),
    overrides: z.array(overrideSchema).meta({ description: "Those that are not over and not cancelled." }),
    mayEdit: z.boolean(),
  })
  .meta({ id: "OncallRota" })
export type RotaView = z.infer<typeof rotaSchema>

export const oncallSchema = z.object({
  now: instant,
  services: z.array(named.extend({ mayEdit: z.boolean() })),
  rotas: z.array(rotaSchema),
})
export type Oncall = z.infer<typeof oncallSchema>

export const shiftsSchema = z.object({
  from: instant,
  to: instant,
  now: instant,
  rotas: z.array(
    z.object({ id: z.uuid(), service: named, key: z.string(), name: z.string(), shifts: z.array(shiftSchema) }),
  ),
})
export type Shifts = z.infer<typeof shiftsSchema>

export const rotaAnswerSchema = z.object({ rota: rotaSchema })
export const rotaRemovedSchema = z.object({ id: z.uuid() })
export const overrideAnswerSchema = z.object({ override: overrideSchema, rota: rotaSchema })
export const feedIssuedSchema = z.object({
  address: z
    .string()
    .meta({ description: "What calendars subscribe to. Shown once: whoever knows it reads the rota." }),
})
export const feedRevokedSchema = z.object({ revoked: z.boolean() })
