import { z } from "zod"
import { metricRuleSchema } from "@/lib/domain/metric/rule"
import { personRefSchema } from "@/lib/domain/timeline/actor"

const words = z.string()

const roundItemSchema = z.strictObject({
  key: z.string(),
  title: words,
  /** What is read; null: a check or a person looks. */
  metric: z.string().nullable(),
  /** The limit that the value is held against. Null: a person judges the value. */
  rule: metricRuleSchema.nullable(),
  hasCheck: z.boolean(),
})

/** `ok` null: it could not be told, a person has to look. */
const resultSchema = z.strictObject({ itemKey: z.string(), ok: z.boolean().nullable(), words })

export const roundEventSchemas = {
  /** From when the rounds count, and what is looked at in them. Durations are not scaled. */
  "round.planned": z.strictObject({
    startsAt: z.string(),
    bands: z.array(
      z.strictObject({
        key: z.string(),
        title: words,
        fromMs: z.number().int().nonnegative(),
        toMs: z.number().int().positive(),
        everyMs: z.number().int().positive(),
        items: z.array(roundItemSchema),
      }),
    ),
  }),
  /** `results`: of what was looked at without a person. */
  "round.opened": z.strictObject({
    roundKey: z.string(),
    bandKey: z.string(),
    n: z.number().int().positive(),
    dueAt: z.string(),
    closesAt: z.string(),
    results: z.array(resultSchema),
  }),
  "round.item_judged": z.strictObject({
    roundKey: z.string(),
    itemKey: z.string(),
    ok: z.boolean(),
    note: words.nullable(),
  }),
  /** It closed with this left to do. */
  "round.missed": z.strictObject({ roundKey: z.string(), open: z.array(words), words }),
  "round.watch_handed_over": z.strictObject({ to: personRefSchema.nullable(), note: words.nullable() }),
  /** There are no more: the day is over, or what was watched is no longer live. */
  "round.ended": z.strictObject({ reason: words }),
} as const
