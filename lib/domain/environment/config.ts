import { z } from "zod"

const kindWithConfig = z.strictObject({ kind: z.string().min(1), config: z.record(z.string(), z.unknown()) })

/** How an environment is reached, deployed, put into maintenance and watched. Kind configs are parsed by the kind. */
export const environmentConfigSchema = z.strictObject({
  /** What users open; checks and probes go here. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Path or URL of the git repository that is deployed. */
  repository: z.string().min(1),
  strategy: kindWithConfig,
  maintenance: kindWithConfig.extend({
    /** What users are told. */
    message: z.string().min(1),
    /** After turning it on the service itself is asked, as a user would: only a 503 is maintenance mode. */
    askService: z.boolean().default(true),
  }),
  /** Feature flags that a person may turn off (or on again) during a release. */
  flags: z
    .array(
      kindWithConfig.extend({
        key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, "must be lower-case letters, digits, - and _"),
        title: z.string().min(1).max(200),
      }),
    )
    .max(200)
    .refine((flags) => new Set(flags.map(({ key }) => key)).size === flags.length, "has a key twice")
    .default([]),
  /** How commits are taken back. Null: not from here. */
  revert: z
    .strictObject({
      /** `branch`: on a branch of its own. `main`: onto the branch that releases are made from, too. */
      mode: z.enum(["branch", "main"]),
      /** The branch that releases are made from. */
      base: z.string().min(1).max(200).default("main"),
    })
    .nullable()
    .default(null),
  /** The place that hosts the repository and is told of every deployment. Null: none is told. */
  forge: kindWithConfig.nullable().default(null),
  /** Values for steps and checks: `{{env.vars.NAME}}`. */
  vars: z.record(z.string(), z.string()).default({}),
  /** Checks may reach loopback and private addresses (the environment is on this machine or network). */
  allowPrivateNetwork: z.boolean().default(false),
  /** Durations of the playbook are multiplied by this: 1 is real time. */
  timeScale: z.number().positive().max(1).default(1),
  /** Where figures come from besides the probe. The first that measures a metric is asked for it; the probe for the rest. */
  sources: z
    .array(kindWithConfig)
    .max(8)
    .refine((sources) => sources.every(({ kind }) => kind !== "probe"), "has the probe, which has its own settings")
    .default([]),
  probe: z
    .strictObject({
      /** Requests a second, sent at a fixed rate whatever the answers take. */
      ratePerSecond: z.number().positive().max(200).default(10),
      paths: z.array(z.string().startsWith("/")).min(1).default(["/", "/health", "/api/ping"]),
      /** One sample a metric for each interval. Not scaled. */
      intervalMs: z.number().int().min(100).max(60_000).default(5_000),
      timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
    })
    .prefault({}),
})
export type EnvironmentConfig = z.infer<typeof environmentConfigSchema>
