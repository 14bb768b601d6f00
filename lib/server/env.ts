import { resolve } from "node:path"
import { z } from "zod"

const flag = z.enum(["on", "off"])
const whole = z.coerce.number().int()
/** An empty value in a compose file means "not set". */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === "" ? undefined : value), schema)

const envSchema = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: optional(z.string().optional()),
  NEXTAUTH_URL: optional(z.url().default("http://localhost:3000")),
  NEXTAUTH_SECRET: optional(z.string().min(16).optional()),
  /** An OpenID provider through which people may sign in; all three or none. */
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ }).optional()),
  OIDC_CLIENT_ID: optional(z.string().optional()),
  OIDC_CLIENT_SECRET: optional(z.string().optional()),
  OIDC_NAME: optional(z.string().max(60).default("single sign-on")),
  /** 32 bytes in base64: the console's signing key is derived from it. */
  GOLIVE_SECRET_KEY: optional(
    z
      .string()
      .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64")
      .optional(),
  ),
  /** 32-byte keys in base64, with commas between: the first encrypts secrets, all decrypt. Read by the key ring alone. */
  SECRETS_KEYS: optional(z.string().optional()),
  GOLIVE_DATA_DIR: optional(z.string().default(".golive")).transform((path) => resolve(path)),
  WORK_DIR: optional(z.string().optional()),
  /** Where new files of evidence are kept; those that are kept already are read from where they are. */
  EVIDENCE_STORE: optional(z.enum(["postgres", "disk"]).default("postgres")),
  EVIDENCE_DIR: optional(z.string().optional()),
  EVIDENCE_MAX_BYTES: optional(whole.min(1).max(2_000_000_000).default(25_000_000)),
  /** Tests only: moves the console's clock, which is otherwise the database's. */
  GOLIVE_CLOCK_OFFSET_MS: optional(whole.default(0)),
  RUN_LEASE_MS: optional(whole.min(200).default(10_000)),
  RECONCILE_INTERVAL_MS: optional(whole.min(100).default(3_000)),
  /** Touched by a worker after each look for owed runs, for health checks that cannot ask it over a port. */
  WORKER_ALIVE_FILE: optional(z.string().optional()),
  WORKER_CONCURRENCY: optional(whole.min(1).max(512).default(32)),
  COMMAND_CHECKS: optional(flag.default("on")),
  LOG_LEVEL: optional(z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info")),
  LOCAL_HOST_ADMIN_URL: optional(z.url().optional()),
  LOCAL_HOST_ADMIN_TOKEN: optional(z.string().optional()),
  LOCAL_HOST_PROXY_URL: optional(z.url().optional()),
  LOCAL_HOST_DATA_DIR: optional(z.string().optional()),
  SAMPLE_REPOSITORY: optional(z.string().optional()),
  TIME_SCALE: optional(z.coerce.number().positive().max(1).default(1)),
  PROBE_INTERVAL_MS: optional(whole.min(100).max(60_000).default(5_000)),
  DB_POOL_MAX: optional(whole.min(2).max(200).default(20)),
  GOLIVE_SEED: optional(z.enum(["demo", "none"]).optional()),
  GOLIVE_SEED_PASSWORD: optional(z.string().min(8).optional()),
  GOLIVE_EMBEDDED: optional(z.string().optional()),
})

export type Env = z.infer<typeof envSchema> & { WORK_DIR: string; EVIDENCE_DIR: string }

let parsed: Env | undefined

/**
 * The configuration of this process, read once at first use (a build imports these modules without any of it).
 * Throws an Error that names every wrong variable, never its value.
 */
export function env(): Env {
  parsed ??= readEnv(process.env)
  return parsed
}

export function readEnv(source: Record<string, string | undefined>): Env {
  const answer = envSchema.safeParse(source)
  if (!answer.success) {
    const faults = answer.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)
    throw new Error(`The environment is not as it should be:\n${faults.join("\n")}`)
  }
  const { GOLIVE_DATA_DIR, WORK_DIR, EVIDENCE_DIR } = answer.data
  return {
    ...answer.data,
    WORK_DIR: resolve(WORK_DIR ?? `${GOLIVE_DATA_DIR}/work`),
    EVIDENCE_DIR: resolve(EVIDENCE_DIR ?? `${GOLIVE_DATA_DIR}/evidence`),
  }
}

/** For tests that start on another database: the next `env()` reads again. */
export function forgetEnv(): void {
  parsed = undefined
}
