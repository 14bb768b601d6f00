import { createPostgresBackend, Queue } from "bullmq"
import { log } from "@/lib/server/log"
import { queueConnection, RUN_QUEUE, type RunJob } from "./connection"

interface RunQueue {
  add(job: RunJob, options: { jobId: string; delayMs: number }): Promise<void>
  /** In this order, to begin at once. */
  addAll(jobs: { job: RunJob; jobId: string }[]): Promise<void>
  /** Whether a worker has taken this job and not ended it. */
  isTaken(jobId: string): Promise<boolean>
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
}

// One producer a process, also where Next loads this module twice.
const kept = globalThis as typeof globalThis & { goliveRunQueue?: RunQueue }

/** The producer's side of the queue, opened at first use. */
export function runQueue(): RunQueue {
  kept.goliveRunQueue ??= open()
  return kept.goliveRunQueue
}

export async function closeRunQueue(): Promise<void> {
  const queue = kept.goliveRunQueue
  kept.goliveRunQueue = undefined
  // A queue that is away takes no farewell; its connection ends all the same.
  await queue?.close().catch((error: unknown) => log.warn({ err: error }, "the queue was not there to be left"))
}

function open(): RunQueue {
  const at = queueConnection()
  // Nothing is kept of a finished job: the run's row is the record, and its id may be needed again.
  const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true }
  const queue =
    at.backend === "redis"
      ? new Queue(RUN_QUEUE, {
          // Without Redis an add fails at once instead of piling up in memory; the sweep makes up for it.
          connection: { ...at.connection, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
          defaultJobOptions,
        })
      : new Queue(RUN_QUEUE, { connection: at.connection, defaultJobOptions }, createPostgresBackend)
  queue.on("error", (error) => log.warn({ err: error }, "the queue cannot be reached"))
  return {
    add: async (job, { jobId, delayMs }) => {
      await queue.add("run", job, { jobId, delay: delayMs })
    },
    addAll: async (jobs) => {
      await queue.addBulk(jobs.map(({ job, jobId }) => ({ name: "run", data: job, opts: { jobId } })))
    },
    isTaken: async (jobId) => (await queue.getJobState(jobId)) === "active",
    waitUntilReady: () => queue.waitUntilReady(),
    close: () => queue.close(),
  }
}
