import { join } from "node:path"
import { createPostgresBackend, Queue, Worker } from "bullmq"
import { Redis } from "ioredis"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { type RedisServer, startRedisServer } from "@/lib/testing/database/redis-server"
import { stableResult } from "../answer"
import { serverRoom } from "../tls/server-room.fixture"
import { queueConfigSchema } from "./definition"

const databaseUrl = process.env.DATABASE_URL ?? ""
const room = serverRoom()
const closers: (() => Promise<unknown>)[] = []
let redisServer: RedisServer
let admin: Redis

beforeAll(async () => {
  redisServer = await startRedisServer(join(inject("runDirectory"), "queue-check"))
  admin = new Redis(redisServer.url)
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
  admin?.disconnect()
  await redisServer?.stop()
  await room.close()
})

const inDatabase = () => ({ connectionString: databaseUrl, migrate: true, max: 2 })
const BACKENDS = {
  redis: {
    url: () => redisServer.url,
    queue: (name: string, prefix?: string) => new Queue(name, { connection: { url: redisServer.url }, prefix }),
    worker: (name: string, work: () => Promise<void>, called?: string) =>
      new Worker(name, work, { connection: { url: redisServer.url, maxRetriesPerRequest: null }, name: called }),
  },
  postgres: {
    url: () => databaseUrl,
    queue: (name: string) => new Queue(name, { connection: inDatabase() }, createPostgresBackend),
    worker: (name: string, work: () => Promise<void>, called?: string) =>
      new Worker(name, work, { connection: inDatabase(), name: called }, createPostgresBackend),
  },
}

const check = (
  connection: string,
  queue: string,
  expected: object,
  more: object = {},
  options: Parameters<typeof tryCheck>[2] = {},
) => tryCheck("queue", { connection, queue, expect: expected, timeout: "5s", ...more }, options)

const words = (blocks: { type: string; text?: string }[]) =>
  blocks.flatMap(({ type, text }) => (type === "text" && text ? [text] : [])).join("\n")

describe.each(["redis", "postgres"] as const)("a queue in %s", (backend) => {
  const { url, queue: open, worker: work } = BACKENDS[backend]
  const look = (name: string, expected: object) => check(url(), name, expected)

  test("a backlog, failed, delayed, prioritised and paused jobs; nothing changes by looking", async () => {
    const queue = open("mail")
    closers.push(() => queue.close())
    await queue.addBulk(Array.from({ length: 12 }, (_, n) => ({ name: "send", data: { n } })))
    await queue.add("urgent", {}, { priority: 3 })
    await queue.add("later", {}, { delay: 3_600_000 })
    await queue.add("later", {}, { delay: 3_600_000 })
    const broken = open("broken")
    closers.push(() => broken.close())
    const worker = work("broken", async () => {
      throw new Error("no letterbox")
    })
    closers.push(() => worker.close(true))
    await broken.addBulk([1, 2, 3].map((n) => ({ name: "send", data: { n } })))
    await vi.waitFor(async () => expect(await broken.getFailedCount()).toBe(3), { timeout: 5_000 })

    const before = await queue.getJobCounts()
    const bad = await look("mail", {
      ...{ waiting: { atMost: 10 }, active: { equals: 0 }, delayed: { below: 2 }, failed: { equals: 0 } },
      ...{ paused: { equals: 0 }, workers: { atLeast: 1 }, oldestWaiting: "1h", exists: true },
    })
    expect(said(bad).map((line) => line.replace(/\/ [\d.]+ m?s$/, "/ AGE"))).toEqual([
      "ok Queue mail: exists / exists",
      "bad Jobs waiting: at most 10 / 13",
      "ok Jobs active: 0 / 0",
      "bad Jobs delayed: below 2 / 2",
      "ok Jobs failed: 0 / 0",
      "ok Jobs paused: 0 / 0",
      "ok Oldest waiting job: at most 1 h / AGE".replace("1 h", "60 min"),
      "bad Workers: at least 1 / 0",
    ])
    expect(bad.blocks).toContainEqual(
      expect.objectContaining({ type: "metric", label: "Jobs waiting", value: 13, limit: 10, verdict: "bad" }),
    )
    expect(await queue.getJobCounts()).toEqual(before)

    const expected = { failed: { below: 10 }, workers: { atLeast: 1 }, waiting: { equals: 0 } }
    const good = await look("broken", expected)
    expect(said(good)).toEqual(["ok Jobs waiting: 0 / 0", "ok Jobs failed: below 10 / 3", "ok Workers: at least 1 / 1"])
    expect(good).toMatchObject({ outcome: "passed", summary: "The queue broken is as expected", leftBehind: [] })
    expect(stableResult(await look("broken", expected))).toEqual(stableResult(good))
    expect(said(await look("broken", { failed: { below: 3 } }))).toEqual(["bad Jobs failed: below 3 / 3"])

    await queue.pause()
    const paused = await look("mail", { paused: { equals: 0 }, waiting: { atLeast: 13 } })
    expect(said(paused)).toEqual(["ok Jobs waiting: at least 13 / 13", "bad Jobs paused: 0 / 13"])
    expect(words(paused.blocks)).toBe("The queue mail is paused")
  })

  test("jobs under way, and named workers", async () => {
    const queue = open("slow")
    closers.push(() => queue.close())
    let finish = () => {}
    const done = new Promise<void>((resolve) => {
      finish = resolve
    })
    const [one, other] = [work("slow", () => done, "first"), work("slow", () => done)]
    await queue.addBulk([1, 2].map((n) => ({ name: "x", data: { n } })))
    try {
      await vi.waitFor(async () => expect(await queue.getActiveCount()).toBe(2), { timeout: 5_000 })
      const result = await look("slow", { active: { equals: 0 }, workers: { equals: 2 } })
      expect(said(result)).toEqual(["bad Jobs active: 0 / 2", "ok Workers: 2 / 2"])
    } finally {
      finish()
      await Promise.all([one.close(), other.close()])
    }
    await vi.waitFor(async () =>
      expect(said(await look("slow", { workers: { atLeast: 1 } }))).toEqual(["bad Workers: at least 1 / 0"]),
    )
  })

  test("the age of a job counts from when it could be taken", async () => {
    const queue = open("aged")
    closers.push(() => queue.close())
    const nowMs = Date.now()
    const at = (agoMs: number, more = {}) => queue.add("x", {}, { timestamp: nowMs - agoMs, ...more })
    await at(1_000)
    expect((await look("aged", { oldestWaiting: "5m" })).outcome).toBe("passed")
    await at(420_000, { lifo: true })
    await at(1_000)
    const result = await look("aged", { oldestWaiting: "5m" })
    expect(said(result)).toEqual(["bad Oldest waiting job: at most 5 min / 7 min"])
    const promoted = open("promoted")
    closers.push(() => promoted.close())
    const job = await promoted.add("x", {}, { timestamp: nowMs - 3_600_000, delay: 3_590_000 })
    await job.promote()
    expect(said(await look("promoted", { oldestWaiting: "5m", waiting: { equals: 1 } }))).toEqual([
      "ok Jobs waiting: 1 / 1",
      expect.stringMatching(/^ok Oldest waiting job: at most 5 min \/ 1\d(\.\d)? s$/),
    ])
  })

  test("one that nobody has used holds nothing, and it is said", async () => {
    const result = await look("no-such-queue", { waiting: { atMost: 5 }, oldestWaiting: "1m" })
    expect(result).toMatchObject({
      outcome: "passed",
      summary: "The queue no-such-queue does not exist there: it holds no jobs",
    })
    expect(said(result)[1]).toBe("ok Oldest waiting job: at most 1 min / no job waits")
    expect(said(await look("no-such-queue", { exists: true }))).toEqual([
      "bad Queue no-such-queue: exists / does not exist",
    ])
    expect(await look("no-such-queue", { exists: false })).toMatchObject({ outcome: "passed" })
  })

  test("fenced off, stopped, refused, silent", async () => {
    expect(await check(url(), "mail", { exists: true }, {}, { allowPrivateNetwork: false })).toMatchObject({
      outcome: "errored",
      summary: expect.stringContaining("loopback"),
    })
    const to = (port: number) => `${backend === "redis" ? "redis" : "postgresql"}://u:p@127.0.0.1:${port}/1`
    expect(said(await check(to(1), "mail", { exists: true }))).toEqual(["bad Connection: open / connection refused"])
    const silent = await room.plain((socket) => socket.resume())
    expect(said(await check(to(silent), "mail", { exists: true }, { timeout: "300ms" }))).toEqual([
      "bad Answer: within 300 ms / none within 300 ms",
    ])
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 100)
    const stopped = await check(to(silent), "mail", { exists: true }, {}, { signal: stop.signal })
    expect(stopped).toMatchObject({ outcome: "errored", summary: "Stopped before it ended" })
    await vi.waitFor(() => expect(room.sockets.size).toBe(0))
  })
})

describe("only in Redis", () => {
  test("another prefix", async () => {
    const queue = BACKENDS.redis.queue("mail", "shop")
    closers.push(() => queue.close())
    await queue.add("x", {})
    expect(said(await check(redisServer.url, "mail", { waiting: { equals: 0 } }, { prefix: "shop" }))).toEqual([
      "bad Jobs waiting: 0 / 1",
    ])
  })

  test("looking at what does not exist writes nothing", async () => {
    const keys = await admin.keys("*")
    await check(redisServer.url, "looked-at", { exists: true, workers: { atLeast: 1 }, oldestWaiting: "1m" })
    expect((await admin.keys("*")).sort()).toEqual(keys.sort())
  })

  test("a long list: the age is found at its ends, and it is said how much was looked at", async () => {
    const queue = BACKENDS.redis.queue("long")
    closers.push(() => queue.close())
    await queue.add("first", {}, { timestamp: Date.now() - 600_000 })
    await queue.addBulk(Array.from({ length: 2_500 }, (_, n) => ({ name: "x", data: { n } })))
    const result = await check(redisServer.url, "long", { oldestWaiting: "5m" })
    expect(said(result)).toEqual(["bad Oldest waiting job: at most 5 min / 10 min"])
    expect(words(result.blocks)).toBe("The age is that of the oldest among 2000 of 2501 waiting jobs")
  })

  test("who may not list connections does not know the workers", async () => {
    await admin.call("ACL", "SETUSER", "counter", "on", ">pw-of-counter", "~*", "+@read", "+time", "+ping")
    const url = `redis://counter:pw-of-counter@127.0.0.1:${redisServer.port}`
    const result = await check(url, "mail", { workers: { atLeast: 1 } })
    expect(result).toMatchObject({
      outcome: "errored",
      summary: expect.stringMatching(/^It is not known which workers are connected: The user counter may not ask/),
    })
    expect((await check(url, "long", { waiting: { atLeast: 1 }, oldestWaiting: "1h" })).outcome).toBe("passed")
  })
})

describe("only in PostgreSQL", () => {
  test("another schema, and a database without BullMQ", async () => {
    expect(await check(databaseUrl, "mail", { waiting: { equals: 0 } }, { schema: "nowhere" })).toMatchObject({
      outcome: "passed",
      summary: "The queue mail does not exist there: it holds no jobs",
    })
    const result = await check(databaseUrl, "mail", { exists: true }, { schema: 'x"."y' })
    expect(words(result.blocks)).toContain("no tables of BullMQ in the schema")
  })

  test("names that PostgreSQL would cut or change tell nothing of workers", async () => {
    for (const name of ["q".repeat(80), "Grüße"]) {
      expect(await check(databaseUrl, name, { workers: { atLeast: 1 } })).toMatchObject({
        outcome: "errored",
        summary: expect.stringMatching(/^It is not known which workers are connected: the queue's name/),
      })
    }
    // What is known to be wrong counts for more.
    expect((await check(databaseUrl, "Grüße", { exists: true, workers: { atLeast: 1 } })).outcome).toBe("failed")
  })

  test("a user that may read and nothing else sees the jobs and the workers; one that may not read is told so", async () => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query("CREATE ROLE counter LOGIN")
    await client.query(
      "GRANT USAGE ON SCHEMA bullmq TO counter; GRANT SELECT ON ALL TABLES IN SCHEMA bullmq TO counter",
    )
    const url = new URL(databaseUrl)
    url.username = "counter"
    try {
      expect(said(await check(url.href, "broken", { failed: { equals: 3 }, workers: { atLeast: 1 } }))).toEqual([
        ...["ok Jobs failed: 3 / 3", "ok Workers: at least 1 / 1"],
      ])
      await client.query("REVOKE SELECT ON ALL TABLES IN SCHEMA bullmq FROM counter")
      expect(await check(url.href, "mail", { waiting: { atLeast: 0 } })).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining("permission denied"),
      })
    } finally {
      await client.query("DROP OWNED BY counter; DROP ROLE counter")
      await client.end()
    }
  })
})

test("settings that cannot be meant are refused", async () => {
  const fits = (expected: object) =>
    queueConfigSchema.safeParse({ connection: "{{secret.X}}", queue: "a", expect: expected }).success
  expect(fits({})).toBe(false)
  expect(fits({ waiting: {} })).toBe(false)
  for (const limit of [Number.POSITIVE_INFINITY, -1, 1.5, "5"]) expect(fits({ waiting: { below: limit } })).toBe(false)
  expect(fits({ workers: { atLeast: 1 }, oldestWaiting: "5m" })).toBe(true)
  const errored = async (connection: string, more: object) =>
    expect(await check(connection, "a", { exists: true }, more)).toMatchObject({ outcome: "errored" })
  await errored(databaseUrl, { prefix: "bull" })
  await errored(redisServer.url, { schema: "bullmq" })
  await errored("amqp://127.0.0.1", {})
  await errored(redisServer.url, { queue: "a\0b" })
})
