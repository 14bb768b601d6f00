import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { sayAddress, tlsFields } from "../server-url"
import { countLimits, saysSomething, sayValueExpectation } from "../value-expectation"

/** As they are said to people, in the order in which jobs go through them. */
export const COUNTED = ["waiting", "active", "delayed", "failed", "paused"] as const
export type Counted = (typeof COUNTED)[number]

const expectSchema = z
  .strictObject({
    exists: z.boolean().optional().describe("The queue has been used. One that has not holds 0 jobs of every kind."),
    waiting: countLimits
      .optional()
      .describe("Jobs that a worker could take, prioritised ones among them, also while the queue is paused."),
    active: countLimits.optional().describe("Jobs that a worker is busy with."),
    delayed: countLimits.optional().describe("Jobs whose time has not come, or that are to be tried again later."),
    failed: countLimits.optional().describe("Jobs that have failed for good and are still kept."),
    paused: countLimits.optional().describe("Jobs that wait because the queue is paused."),
    oldestWaiting: checkDuration.optional().describe("How long a job may have been waiting at most."),
    workers: countLimits.optional().describe("How many workers of this queue are connected."),
  })
  .refine(saysSomething, "must expect something")
export type QueueExpect = z.infer<typeof expectSchema>

export const queueConfigSchema = z.strictObject({
  connection: z
    .string()
    .min(1)
    .max(4_000)
    .describe("The address of the Redis or PostgreSQL that BullMQ uses, usually a secret."),
  queue: z.string().min(1).max(300).describe("The name of the queue."),
  prefix: z.string().min(1).max(200).optional().describe("Of BullMQ's keys in Redis, `bull` if left out."),
  schema: z.string().min(1).max(60).optional().describe("Of BullMQ's tables in PostgreSQL, `bullmq` if left out."),
  ...tlsFields,
  expect: expectSchema.describe("At least one of these."),
  timeout: checkDuration.optional().describe("For all of it. Default 15s."),
})
export type QueueConfig = z.infer<typeof queueConfigSchema>

export const definition: CheckDefinition<QueueConfig> = {
  kind: "queue",
  title: "Job queue (BullMQ)",
  summary:
    "Counts the jobs of a BullMQ queue in Redis or PostgreSQL, their age and the queue's workers; takes and adds no job.",
  configSchema: queueConfigSchema,
  describe: ({ connection, queue, expect }) => {
    const at = sayAddress(connection)
    const { exists, oldestWaiting, workers } = expect
    return [
      `Queue ${short(queue, 100)} at ${at}`,
      ...(exists === undefined ? [] : [exists ? "exists" : "does not exist"]),
      ...COUNTED.flatMap((state) => {
        const limits = expect[state]
        return limits ? [`the number of ${state} jobs is ${sayValueExpectation(limits).join(" and ")}`] : []
      }),
      ...(oldestWaiting ? [`no job has been waiting longer than ${oldestWaiting}`] : []),
      ...(workers ? [`the number of workers is ${sayValueExpectation(workers).join(" and ")}`] : []),
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 15_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "The mail queue is worked on and has no backlog",
      config: {
        connection: "{{secret.REDIS_URL}}",
        queue: "mail",
        expect: { waiting: { atMost: 100 }, failed: { below: 10 }, oldestWaiting: "5m", workers: { atLeast: 1 } },
      },
    },
    {
      title: "Nothing is under way before maintenance begins",
      config: {
        connection: "{{secret.DATABASE_URL}}",
        queue: "exports",
        expect: { exists: true, active: { equals: 0 } },
      },
    },
  ],
}
