import { createPostgresBackend, Queue, Worker } from "bullmq"

/** Milliseconds from adding an empty job to its end, one after the other, on a queue of BullMQ's own: the floor. */
export async function measureBareJobs(
  at: { redisUrl: string } | { databaseUrl: string },
  jobs: number,
): Promise<number[]> {
  const name = `bench-${Date.now()}`
  const byRedis = "redisUrl" in at
  const queue = byRedis
    ? new Queue(name, { connection: { url: at.redisUrl } })
    : new Queue(name, { connection: { connectionString: at.databaseUrl, migrate: true } }, createPostgresBackend)
  await queue.waitUntilReady()
  const ended = new Map<string, () => void>()
  const work = async () => undefined
  const worker = byRedis
    ? new Worker(name, work, { connection: { url: at.redisUrl, maxRetriesPerRequest: null } })
    : new Worker(name, work, { connection: { connectionString: at.databaseUrl, migrate: true } }, createPostgresBackend)
  worker.on("completed", (job) => ended.get(job.id ?? "")?.())
  await worker.waitUntilReady()
  const took: number[] = []
  for (let n = 0; n < jobs; n += 1) {
    const jobId = `job-${n}`
    const done = new Promise<void>((resolve) => ended.set(jobId, resolve))
    const began = performance.now()
    await queue.add("empty", {}, { jobId, removeOnComplete: true })
    await done
    took.push(performance.now() - began)
  }
  await worker.close()
  await queue.close()
  return took
}
