import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { sayAddress, tlsFields } from "../server-url"
import { countLimits, saysSomething, sayValueExpectation, valueFields, valueLimits } from "../value-expectation"

const keySchema = z
  .strictObject({
    key: z.string().min(1).max(1_000).describe("The name of the key."),
    exists: z.boolean().optional().describe("Whether there is such a key at all."),
    ...valueFields,
  })
  .refine(({ key: _, ...expect }) => saysSomething(expect), "must expect something")
  .refine(({ key: _, exists, ...value }) => exists !== false || !saysSomething(value), {
    message: "a key that must not exist has no value",
    path: ["exists"],
  })
export type KeyExpect = z.infer<typeof keySchema>

const expectSchema = z.strictObject({
  latencyBelow: checkDuration.optional().describe("How long one PING may take on an open connection."),
  role: z.enum(["master", "replica"]).optional().describe("What it is to other servers."),
  replicas: countLimits.optional().describe("How many replicas are connected."),
  aof: z.boolean().optional().describe("Whether writes are logged to disk (append-only file)."),
  savedWithin: checkDuration.optional().describe("How old the last snapshot may be, by the server's own clock."),
  info: z
    .record(z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, "is no field of INFO"), valueLimits)
    .optional()
    .describe("Fields of INFO by name, such as `maxmemory_policy`."),
  keys: z.array(keySchema).min(1).max(50).optional().describe("Single keys, and the texts that they hold."),
})
export type RedisExpect = z.infer<typeof expectSchema>

export const redisConfigSchema = z.strictObject({
  url: z.string().min(1).max(4_000).describe("The address, usually a secret such as {{secret.REDIS_URL}}."),
  ...tlsFields,
  expect: expectSchema.prefault({}).describe("Left out: it answers."),
  timeout: checkDuration.optional().describe("For all of it. Default 10s."),
})
export type RedisConfig = z.infer<typeof redisConfigSchema>

export const definition: CheckDefinition<RedisConfig> = {
  kind: "redis",
  title: "Redis",
  summary:
    "Asks a Redis server whether it answers, what it says of itself (INFO) and what single keys hold; only reads.",
  configSchema: redisConfigSchema,
  describe: ({ url, expect }) => {
    const { latencyBelow, role, replicas, aof, savedWithin, info = {}, keys = [] } = expect
    return [
      `Redis at ${sayAddress(url)} answers${latencyBelow ? ` within ${latencyBelow}` : ""}`,
      ...(role ? [`is a ${role}`] : []),
      ...(replicas ? [`the number of connected replicas is ${sayValueExpectation(replicas).join(" and ")}`] : []),
      ...(aof === undefined ? [] : [aof ? "logs its writes to disk" : "logs no writes to disk"]),
      ...(savedWithin ? [`has saved within ${savedWithin}`] : []),
      ...Object.entries(info).map(([name, value]) => short(`${name} ${sayValueExpectation(value).join(" and ")}`, 280)),
      ...keys.map(({ key, exists, ...value }) => {
        const there = exists === undefined ? [] : [exists ? "exists" : "does not exist"]
        return short(`key ${short(key, 100)} ${[...there, ...sayValueExpectation(value)].join(" and ")}`, 280)
      }),
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 10_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "Redis keeps what the queue needs",
      config: {
        url: "{{secret.REDIS_URL}}",
        expect: {
          role: "master",
          aof: true,
          savedWithin: "24h",
          info: { maxmemory_policy: { equals: "noeviction" }, used_memory: { below: "1GB" } },
        },
      },
    },
    {
      title: "The service's feature switch is off",
      config: {
        url: "{{secret.REDIS_URL}}",
        expect: { latencyBelow: "100ms", keys: [{ key: "feature:new-checkout", equals: "off" }] },
      },
    },
  ],
}
