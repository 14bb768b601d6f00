import { z } from "zod"

const noNul = (value: string) => !value.includes("\0")
const text = (max: number) => z.string().min(1).max(max).refine(noNul, "must not contain NUL")
const isoTime = z.iso.datetime()

/** Also the name of the log file, hence the narrow alphabet. */
export const deploymentIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "must be 1 to 128 letters, digits, '.', '_' or '-'")

/** What is needed to start an application. `PORT` in `env` is overruled by the port that the host picks. */
export const instanceSpecSchema = z.strictObject({
  directory: text(4096),
  command: z.array(text(32_768)).min(1).max(256),
  version: text(256),
  commit: text(256).nullable().default(null),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(131_072).refine(noNul, "must not contain NUL"))
    .default({}),
})
export type InstanceSpec = z.infer<typeof instanceSpecSchema>
export type InstanceSpecInput = z.input<typeof instanceSpecSchema>

export const instanceStatusSchema = z.enum(["starting", "running", "exited"])

export const instanceSchema = z.object({
  deploymentId: deploymentIdSchema,
  version: z.string(),
  commit: z.string().nullable(),
  directory: z.string(),
  port: z.number().int().nullable(),
  pid: z.number().int().nullable(),
  status: instanceStatusSchema,
  startedAt: isoTime.nullable(),
  /** How often it was started again after a crash while it was live. */
  restarts: z.number().int(),
  exit: z
    .object({ code: z.number().int().nullable(), signal: z.string().nullable(), reason: z.string(), at: isoTime })
    .nullable(),
})
export type Instance = z.infer<typeof instanceSchema>

export const liveSchema = z.object({
  deploymentId: deploymentIdSchema,
  version: z.string(),
  commit: z.string().nullable(),
  since: isoTime,
})
export type Live = z.infer<typeof liveSchema>

export const previousSchema = liveSchema.extend({ until: isoTime })
export type Previous = z.infer<typeof previousSchema>

export const switchSchema = z.object({ from: deploymentIdSchema.nullable(), to: deploymentIdSchema, at: isoTime })
export type Switch = z.infer<typeof switchSchema>

export const maintenanceSchema = z.object({
  on: z.boolean(),
  message: z.string(),
  by: z.array(z.enum(["http", "file"])),
  since: isoTime.nullable(),
  /** The value of the header `X-Golive-Bypass` that passes maintenance. */
  bypassToken: z.string(),
})
export type Maintenance = z.infer<typeof maintenanceSchema>

export const setMaintenanceSchema = z.strictObject({ on: z.boolean(), message: text(2_000).optional() })
export type SetMaintenance = z.infer<typeof setMaintenanceSchema>

const tlsVersion = z.enum(["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
export const tlsStateSchema = z.object({
  port: z.number().int(),
  names: z.array(z.string()),
  minVersion: tlsVersion,
  notAfter: isoTime,
  /** The certificate of the authority that issued the one that is presented. */
  caPem: z.string(),
})
export type TlsState = z.infer<typeof tlsStateSchema>

/** What is left out stays as it is; `notAfter` left out: a fresh certificate. */
export const setTlsSchema = z.strictObject({
  names: z.array(text(253)).min(1).max(20).optional(),
  minVersion: tlsVersion.optional(),
  notAfter: isoTime.optional(),
})
export type SetTls = z.infer<typeof setTlsSchema>

/** `expect` left out: whatever is live is replaced. `null`: nothing may be live. */
export const setLiveSchema = z.strictObject({
  deploymentId: deploymentIdSchema,
  expect: deploymentIdSchema.nullable().optional(),
})
export type SetLive = z.infer<typeof setLiveSchema>

export const setLiveAnswerSchema = z.object({ switched: z.boolean(), live: liveSchema })
export type SetLiveAnswer = z.infer<typeof setLiveAnswerSchema>

export const startAnswerSchema = z.object({ started: z.boolean(), instance: instanceSchema })
export type StartAnswer = z.infer<typeof startAnswerSchema>

export const removeAnswerSchema = z.object({ removed: z.boolean() })
export type RemoveAnswer = z.infer<typeof removeAnswerSchema>

export const logsAnswerSchema = z.object({ deploymentId: deploymentIdSchema, lines: z.array(z.string()) })
export type LogsAnswer = z.infer<typeof logsAnswerSchema>

export const hostStateSchema = z.object({
  live: liveSchema.nullable(),
  /** What was live before, the latest first; each deployment once. */
  previous: z.array(previousSchema),
  instances: z.array(instanceSchema),
  maintenance: maintenanceSchema,
  /** Every switch that took place, the first one first. */
  switches: z.array(switchSchema),
})
export type HostState = z.infer<typeof hostStateSchema>

/** Errors as `application/problem+json`. `code` is stable, `title` and `detail` are for people. */
export const problemSchema = z.object({
  code: z.enum([
    "invalid",
    "unauthorised",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "conflict",
    "too_large",
    "internal",
  ]),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problemSchema>
