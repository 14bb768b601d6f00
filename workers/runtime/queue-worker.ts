import { createPostgresBackend, type Job, Worker } from "bullmq"
import { runJobSchema } from "@/lib/contracts/runs"
import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { queueConnection, RUN_QUEUE } from "@/lib/server/queue/connection"

/** Listens to the queue. A job only says "look at run N": what it means is decided by the run's row. */
export function startQueueWorker(lookAt: (runId: string) => Promise<void>) {
  const handle = async (job: Job) => {
    const parsed = runJobSchema.safeParse(job.data)
    if (!parsed.success) {
      log.error({ jobId: job.id, data: job.data }, "a job says nothing that this version understands")
      return
    }
    await lookAt(parsed.data.runId)
  }
  const at = queueConnection()
  const options = { concurrency: env().WORKER_CONCURRENCY, maxStalledCount: 1_000 }
  const worker =
    at.backend === "redis"
      ? new Worker(RUN_QUEUE, handle, { ...options, connection: { ...at.connection, maxRetriesPerRequest: null } })
      : new Worker(RUN_QUEUE, handle, { ...options, connection: at.connection }, createPostgresBackend)
  worker.on("error", (error) => log.warn({ err: error }, "the queue cannot be reached"))
  return {
    /** Takes no more jobs; those in hand end with their runs. */
    pause: () => worker.pause(true),
    close: () => worker.close(true),
  }
}
