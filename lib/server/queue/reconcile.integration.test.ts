import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { createPostgresBackend, Worker } from "bullmq"
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import { claimRun } from "@/lib/server/runs/claim-run"
import { closeConsole } from "@/lib/testing/world/close-console"
import { consoleWorld } from "@/lib/testing/world/console-world"
import { queueConnection, RUN_QUEUE, type RunJob } from "./connection"
import { enqueueRun } from "./enqueue-run"
import { findOwedRuns, reconcile } from "./reconcile"

afterAll(closeConsole)

async function owedRun(change: { notBefore?: Date } = {}): Promise<string> {
  const world = await consoleWorld()
  const id = randomUUID()
  await prisma.run.create({ data: { id, releaseId: await world.release(), kind: "check", input: {}, ...change } })
  return id
}

describe.each(["postgres", "redis"] as const)("on %s", (backend) => {
  const heard: string[] = []
  let worker: { close(): Promise<void> }
  let holding: string | null = null
  let letGo = new AbortController()

  beforeEach(async () => {
    await closeConsole()
    if (backend === "redis") process.env.REDIS_URL = process.env.TEST_REDIS_URL
    else delete process.env.REDIS_URL
    forgetEnv()
    heard.length = 0
    letGo = new AbortController()
    const at = queueConnection()
    expect(at.backend).toBe(backend)
    const processor = async (job: { data: RunJob }) => {
      heard.push(job.data.runId)
      if (holding === job.data.runId) await once(letGo.signal, "abort")
    }
    const made =
      at.backend === "redis"
        ? new Worker(RUN_QUEUE, processor, {
            connection: { ...at.connection, maxRetriesPerRequest: null },
            concurrency: 3,
          })
        : new Worker(RUN_QUEUE, processor, { connection: at.connection, concurrency: 3 }, createPostgresBackend)
    await made.waitUntilReady()
    worker = made
  })
  afterEach(async () => {
    await worker.close()
    await closeConsole()
    delete process.env.REDIS_URL
  })

  test("a run whose enqueue was lost is found, told of, and told of again", async () => {
    const id = await owedRun()
    expect(heard).not.toContain(id)
    expect(await reconcile()).toBeGreaterThan(0)
    await expect.poll(() => heard.filter((runId) => runId === id).length).toBe(1)
    // The worker heard it and died before it claimed: the next sweep finds it again.
    await reconcile()
    await expect.poll(() => heard.filter((runId) => runId === id).length).toBe(2)
    await claimRun({ runId: id, workerId: "w" })
    expect((await findOwedRuns()).map((run) => run.id)).not.toContain(id)
  })

  test("a run whose job was taken by a worker that does nothing about it is told of again, within seconds", async () => {
    const id = await owedRun()
    holding = id
    try {
      await reconcile()
      await expect.poll(() => heard.filter((runId) => runId === id).length).toBe(1)
      await reconcile()
      await expect.poll(() => heard.filter((runId) => runId === id).length).toBe(2)
      // Not once for every look.
      const before = heard.filter((runId) => runId === id).length
      for (let look = 0; look < 5; look += 1) await reconcile()
      await delay(300)
      expect(heard.filter((runId) => runId === id).length).toBeLessThanOrEqual(before + 1)
    } finally {
      letGo.abort()
      holding = null
    }
  })

  test("a run held by nobody any more is found; one that is not due is not", async () => {
    const id = await owedRun()
    const later = await owedRun({ notBefore: new Date(Date.now() + 60_000) })
    await claimRun({ runId: id, workerId: "w" })
    expect((await findOwedRuns()).map((run) => run.id)).not.toContain(id)
    await prisma.run.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1_000) } })
    const owed = (await findOwedRuns()).map((run) => run.id)
    expect(owed).toContain(id)
    expect(owed).not.toContain(later)
  })

  test("a timer rings when it is due", async () => {
    const id = await owedRun()
    const now = new Date()
    const began = performance.now()
    expect(await enqueueRun({ id, fence: 0, notBefore: new Date(now.getTime() + 700) }, now)).toBe(true)
    expect(await enqueueRun({ id, fence: 0, notBefore: new Date(now.getTime() + 700) }, now)).toBe(true)
    await expect.poll(() => heard.includes(id), { timeout: 10_000 }).toBe(true)
    expect(performance.now() - began).toBeGreaterThan(600)
    expect(heard.filter((runId) => runId === id)).toHaveLength(1)
  })
})

test("with no queue to be reached, enqueueing says so and throws nothing", async () => {
  await closeConsole()
  process.env.REDIS_URL = "redis://127.0.0.1:1"
  forgetEnv()
  const began = performance.now()
  expect(await enqueueRun({ id: randomUUID(), fence: 0, notBefore: null }, new Date())).toBe(false)
  expect(performance.now() - began).toBeLessThan(5_000)
  await closeConsole()
  delete process.env.REDIS_URL
})
