import { z } from "zod"
import { freezeSchema } from "@/lib/domain/window/freeze"
import { deploymentWindowSchema } from "@/lib/domain/window/window"

/**
 * Frames of `GET /api/v1/releases/:id/stream` (server-sent events).
 * Unnamed frames are timeline events: `id` is the seq, `data` the event. `Last-Event-ID` or `?after=` resumes there.
 * `log` and `sample` frames carry no id; their cursors go back as `?log=` and `?sample=`.
 * `environment` tells of the environment's lock, windows and freezes when they changed. Comments keep the connection alive.
 */
export const logLineSchema = z.object({
  id: z.string(),
  runId: z.string(),
  stepKey: z.string(),
  attempt: z.number(),
  stream: z.enum(["out", "err", "info"]),
  text: z.string(),
  at: z.string(),
})
export type LogLine = z.infer<typeof logLineSchema>

export const sampleLineSchema = z.object({
  id: z.string(),
  runId: z.string(),
  metric: z.string(),
  at: z.string(),
  status: z.enum(["good", "error", "no_data"]),
  value: z.number().nullable(),
  count: z.number(),
  words: z.string().nullish().describe("Why there is no value."),
  span: z
    .object({ ms: z.number(), min: z.number().nullable(), max: z.number().nullable() })
    .nullish()
    .describe("Of an old release: this line stands for so long a time, its value is the mean."),
})
export type SampleLine = z.infer<typeof sampleLineSchema>

export const logFrameSchema = z.object({ cursor: z.string(), lines: z.array(logLineSchema) })
export const sampleFrameSchema = z.object({ cursor: z.string(), samples: z.array(sampleLineSchema) })
export const environmentFrameSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  lock: z
    .object({ reason: z.string(), byName: z.string(), at: z.string(), releaseId: z.string().nullable() })
    .nullable(),
  active: z.object({ releaseId: z.string(), releaseName: z.string(), runId: z.string(), since: z.string() }).nullable(),
  windows: z.array(deploymentWindowSchema).nullable(),
  freezes: z.array(freezeSchema),
})
