import { z } from "zod"

/** What happened with one thing that was looked at. `neutral`: worth knowing, nothing was expected of it. */
const verdictSchema = z.enum(["good", "bad", "neutral"])

const textBlock = z.strictObject({
  type: z.literal("text"),
  title: z.string().optional(),
  text: z.string(),
})

const factSchema = z.strictObject({ label: z.string(), value: z.string(), verdict: verdictSchema.default("neutral") })

/** Short labelled values, read as a list. */
const factsBlock = z.strictObject({
  type: z.literal("facts"),
  title: z.string().optional(),
  facts: z.array(factSchema),
})

/** One number; `limit` is drawn in where there is one. */
const metricBlock = z.strictObject({
  type: z.literal("metric"),
  label: z.string(),
  value: z.number(),
  /** As it is written after the number: `ms`, `%`, `KB`. */
  unit: z.string(),
  limit: z.number().optional(),
  verdict: verdictSchema.default("neutral"),
})

/** Every row has as many cells as there are columns. `verdicts` has one entry a row, where rows have verdicts. */
const tableBlock = z.strictObject({
  type: z.literal("table"),
  title: z.string().optional(),
  columns: z.array(z.string()).min(1),
  rows: z.array(z.array(z.string())),
  verdicts: z.array(verdictSchema).optional(),
})

/** Output of a program, colours kept as SGR sequences. `leftOutChars`: how much of it is missing in the middle. */
const logBlock = z.strictObject({
  type: z.literal("log"),
  title: z.string(),
  text: z.string(),
  leftOutChars: z.number().int().nonnegative().default(0),
})

const linkBlock = z.strictObject({
  type: z.literal("link"),
  label: z.string(),
  /** Opened by people, so only these two: no `javascript:`, no `data:`. */
  url: z.url({ protocol: /^https?$/ }),
})

/** Bytes kept beside the evidence; always served as a download. */
const fileBlock = z.strictObject({
  type: z.literal("file"),
  name: z.string().min(1),
  mediaType: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** What a check, a step or a person brings as proof: data, never markup. One renderer a type draws it. */
export const evidenceBlockSchema = z.discriminatedUnion("type", [
  textBlock,
  factsBlock,
  metricBlock,
  tableBlock,
  logBlock,
  linkBlock,
  fileBlock,
])
export type EvidenceBlock = z.infer<typeof evidenceBlockSchema>
export type EvidenceVerdict = z.infer<typeof verdictSchema>

export const evidenceBlocksSchema = z.array(evidenceBlockSchema).max(200)
