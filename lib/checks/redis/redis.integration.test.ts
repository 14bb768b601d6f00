import { connect } from "node:net"
import { join } from "node:path"
import { createServer } from "node:tls"
import { Redis } from "ioredis"
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest"
import { createCertificateAuthority } from "@/lib/strategies/local/host/certificates/certificate-authority"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { type RedisServer, startRedisServer } from "@/lib/testing/database/redis-server"
import { stableResult } from "../answer"
import { serverRoom } from "../tls/server-room.fixture"
import { redisConfigSchema } from "./definition"

const PASSWORD = "right-Pa55w0rd"
const room = serverRoom()
let server: RedisServer
let locked: RedisServer
let admin: Redis
let keeper: Redis

beforeAll(async () => {
  const directory = join(inject("runDirectory"), "redis-check")
  const [one, other] = await Promise.all([
    startRedisServer(join(directory, "open")),
    startRedisServer(join(directory, "locked")),
  ])
  server = one
  locked = other
  admin = new Redis(server.url)
  keeper = new Redis(locked.url)
  await admin.config("SET", "maxmemory-policy", "noeviction")
  await admin.set("feature:new-checkout", "off")
  await admin.set("count", "9007199254740993")
  await admin.set("binary", Buffer.from([0, 1, 255, 65]))
  await admin.lpush("list", "a")
  await keeper.call("ACL", "SETUSER", "reader", "on", `>${PASSWORD}`, "~*", "+ping", "+get")
  await keeper.config("SET", "requirepass", PASSWORD)
})
afterAll(async () => {
  admin?.disconnect()
  keeper?.disconnect()
  await Promise.all([server?.stop(), locked?.stop(), room.close()])
})

const check = (expected: object, more: object = {}, options: Parameters<typeof tryCheck>[2] = {}) =>
  tryCheck("redis", { url: server.url, expect: expected, timeout: "3s", ...more }, options)

const lockedUrl = (credentials: string) => `redis://${credentials}@127.0.0.1:${locked.port}`

async function untilAlone(redis: Redis = admin): Promise<void> {
  await vi.waitFor(async () =>
    expect(
      String(await redis.client("LIST"))
        .trim()
        .split("\n"),
    ).toHaveLength(1),
  )
}

describe("a server as it should be", () => {
  test("answers, and says of itself what is expected", async () => {
    const expected = {
      ...{ latencyBelow: "1s", role: "master", replicas: { equals: 0 }, aof: false, savedWithin: "1h" },
      info: {
        ...{ maxmemory_policy: { equals: "noeviction" }, used_memory: { below: "1GB", above: 0 } },
        ...{ connected_clients: { below: 100 }, rdb_last_bgsave_status: { equals: "ok", matches: "^ok$" } },
      },
      keys: [
        { key: "feature:new-checkout", exists: true, equals: "off" },
        { key: "gone", exists: false },
        { key: "gone", equals: null },
        { key: "list", exists: true },
        { key: "count", above: "9007199254740992" },
      ],
    }
    const result = await check(expected)
    expect(result).toMatchObject({ outcome: "passed", summary: "Redis answers and is as expected", leftBehind: [] })
    expect(said(result)).toHaveLength(18)
    expect(said(result)).toContain("ok Role: master / master")
    expect(result.blocks).toContainEqual(
      expect.objectContaining({ type: "metric", label: "connected_clients", limit: 100, verdict: "good" }),
    )
    expect(stableResult(await check(expected))).toEqual(stableResult(result))
    await untilAlone()
  })

  test("each thing that is not so is said", async () => {
    const result = await check({
      ...{ role: "replica", replicas: { atLeast: 1 }, aof: true },
      info: { maxmemory_policy: { equals: "allkeys-lru" }, used_memory: { below: "1KB" }, redis_mode: { atMost: 3 } },
      keys: [
        { key: "feature:new-checkout", exists: false },
        { key: "gone", equals: "on" },
        { key: "list", equals: "a" },
        { key: "binary", equals: "x" },
      ],
    })
    expect(said(result).map((line) => line.replace(/\d{5,}/, "N"))).toEqual([
      "ok PING: PONG / PONG",
      "bad Role: replica / master",
      "bad Connected replicas: at least 1 / 0",
      "bad Log of writes (AOF): on / off",
      "bad maxmemory_policy: allkeys-lru / noeviction",
      "bad used_memory: below 1KB / N",
      "bad redis_mode: at most 3 / standalone, which is no number",
      "bad Key feature:new-checkout: does not exist / exists",
      "bad Key gone: on / nothing",
      "bad Key list: a text / a list",
      "bad Key binary: x / \ufffd\ufffd\ufffdA",
    ])
    expect(JSON.stringify(result)).not.toContain("\\u0000")
  })

  test("a snapshot that is too old, by the server's clock", async () => {
    await vi.waitFor(
      async () =>
        expect(said(await check({ savedWithin: "1s" }))[1]).toMatch(/^bad Last snapshot: within 1 s \/ .* ago$/),
      { timeout: 4_000, interval: 300 },
    )
    await admin.save()
    expect((await check({ savedWithin: "1m" })).outcome).toBe("passed")
  })

  test("fields that INFO does not know", async () => {
    expect(await check({ info: { used_memroy: { below: 1 } } })).toMatchObject({
      outcome: "errored",
      summary: "INFO of this server says nothing of used_memroy",
    })
    // What is known to be wrong counts for more.
    expect((await check({ role: "replica", info: { used_memroy: { below: 1 } } })).outcome).toBe("failed")
  })

  test("another database, another name for the user", async () => {
    expect((await check({ keys: [{ key: "count", exists: false }] }, { url: `${server.url}/3` })).outcome).toBe(
      "passed",
    )
    expect(said(await check({}, { url: `${server.url}/99` }))).toEqual([
      expect.stringMatching(/^bad Database: exists \/ .*range/),
    ])
    const ignored = await check({}, { url: `redis://:needless@127.0.0.1:${server.port}` })
    expect(ignored.outcome).toBe("passed")
    expect(JSON.stringify(ignored.blocks)).toContain("given, but the server asks for none")
    expect(JSON.stringify(ignored)).not.toContain("needless")
  })
})

describe("a server that asks who is there", () => {
  test("the right password, a wrong one, none", async () => {
    expect((await check({}, { url: lockedUrl(`:${PASSWORD}`) })).outcome).toBe("passed")
    expect((await check({ role: "master" }, { url: lockedUrl(`default:${PASSWORD}`) })).outcome).toBe("passed")
    const wrong = await check({}, { url: lockedUrl(":guessed-Pa55") })
    expect(said(wrong)).toEqual(["bad Sign-in: default is let in / user name or password refused"])
    const nobody = await check({}, { url: lockedUrl("nobody:guessed-Pa55") })
    expect(said(nobody)).toEqual(["bad Sign-in: nobody is let in / user name or password refused"])
    expect(JSON.stringify([wrong, nobody])).not.toContain("guessed-Pa55")
    expect(await check({}, { url: `redis://127.0.0.1:${locked.port}` })).toMatchObject({
      outcome: "errored",
      summary: "The server asks for a password, and the address holds none",
    })
    await untilAlone(keeper)
  })

  test("a user that may not ask", async () => {
    const reader = lockedUrl(`reader:${PASSWORD}`)
    expect((await check({}, { url: reader })).outcome).toBe("passed")
    const result = await check({ role: "master" }, { url: reader })
    expect(result).toMatchObject({
      outcome: "errored",
      summary: expect.stringMatching(/^The user reader may not ask: .*info/),
    })
  })
})

describe("the way to the server", () => {
  test("refused, hanging up, silent, something else, fenced off", async () => {
    expect(said(await check({}, { url: "redis://127.0.0.1:1" }))).toEqual(["bad Connection: open / connection refused"])
    const to = (port: number) => ({ url: `redis://127.0.0.1:${port}` })
    const closing = await room.plain((socket) => socket.destroy())
    expect(said(await check({}, to(closing)))).toEqual([
      expect.stringMatching(/^bad Connection: open \/ the connection was closed/),
    ])
    const silent = await room.plain((socket) => socket.resume())
    const late = await check({}, { ...to(silent), timeout: "300ms" })
    expect(said(late)).toEqual(["bad Answer: within 300 ms / none within 300 ms"])
    expect(late.tookMs).toBeLessThan(2_000)
    const other = await room.plain((socket) =>
      socket.on("data", () => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
    )
    expect(said(await check({}, to(other)))).toEqual(["bad Connection: open / what answers does not speak Redis"])
    const busy = await room.plain((socket) => socket.on("data", () => socket.write("-LOADING Redis is loading\r\n")))
    expect(said(await check({}, to(busy)))).toEqual(["bad Answer: an answer / LOADING Redis is loading"])
    const endless = await room.plain((socket) => {
      const pour = () => void (socket.destroyed || socket.write(Buffer.alloc(1_000_000, 65), pour))
      socket.on("data", () => socket.write("$900000000\r\n", pour))
    })
    expect(await check({}, { ...to(endless), timeout: "10s" })).toMatchObject({
      outcome: "errored",
      summary: "The answer is larger than 32 MB",
    })
    expect(await check({}, {}, { allowPrivateNetwork: false })).toMatchObject({
      outcome: "errored",
      summary: expect.stringContaining("loopback"),
    })
    await vi.waitFor(() => expect(room.sockets.size).toBe(0))
  })

  test("a stop ends it at once", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 100)
    const silent = await room.plain((socket) => socket.resume())
    const result = await check({}, { url: `redis://127.0.0.1:${silent}`, timeout: "20s" }, { signal: stop.signal })
    expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended" })
    expect(result.tookMs).toBeLessThan(2_000)
    await vi.waitFor(() => expect(room.sockets.size).toBe(0))
  })

  test("TLS", async () => {
    const authority = await createCertificateAuthority("Golive cache authority")
    const issued = await authority.issue({ names: ["localhost"] })
    const front = createServer({ cert: issued.certPem, key: issued.keyPem }, (socket) => {
      const onward = connect(server.port, "127.0.0.1")
      for (const one of [socket, onward]) one.on("error", () => undefined)
      socket.pipe(onward).pipe(socket)
    }).on("tlsClientError", () => undefined)
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve))
    const { port } = front.address() as { port: number }
    try {
      const way = { url: `rediss://localhost:${port}`, ca: authority.caPem }
      expect((await check({}, way)).outcome).toBe("passed")
      expect((await check({}, { url: `redis://127.0.0.1:${port}`, tls: "require" })).outcome).toBe("passed")
      expect(said(await check({}, { url: way.url }))).toEqual([
        "bad Certificate: valid for localhost / it comes from an authority that is not trusted",
      ])
      expect(said(await check({}, { ...way, url: `rediss://127.0.0.1:${port}` }))).toEqual([
        "bad Certificate: valid for 127.0.0.1 / it is for another host",
      ])
      const plain = await check({}, { url: server.url, tls: "require", timeout: "300ms" })
      expect(said(plain)).toEqual(["bad Answer: within 300 ms / none within 300 ms"])
    } finally {
      front.close()
    }
  })

  test("nothing in an address leads elsewhere", async () => {
    for (const [url, words] of [
      [`${server.url}?path=/var/run/redis.sock`, "`path`"],
      [`${server.url}?host=10.0.0.1`, "`host`"],
      [`${server.url}?sentinels=x`, "`sentinels`"],
      [`${server.url}?connectTimeout=1`, "`connectTimeout`"],
      ["redis:///var/run/redis.sock", "no host"],
      ["redis://%2Fvar%2Frun", "a socket"],
      ["/var/run/redis.sock", "must begin with"],
      ["redis://a,b", "several hosts"],
      ["redis://169.254.169.254", "link-local"],
      [`${server.url}/name`, "no number"],
    ] as const) {
      expect(await check({}, { url }), url).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining(words),
      })
    }
    expect((await check({}, { url: `${server.url}?family=0` })).outcome).toBe("passed")
  })
})

test("settings that cannot be meant are refused", () => {
  const fits = (expected: object) => redisConfigSchema.safeParse({ url: "{{secret.X}}", expect: expected }).success
  expect(fits({})).toBe(true)
  expect(fits({ info: { "a b": { equals: 1 } } })).toBe(false)
  expect(fits({ info: { used_memory: {} } })).toBe(false)
  expect(fits({ info: { used_memory: { below: Number.POSITIVE_INFINITY } } })).toBe(false)
  expect(fits({ keys: [{ key: "a" }] })).toBe(false)
  expect(fits({ keys: [{ key: "a", exists: false, equals: "x" }] })).toBe(false)
  expect(fits({ savedWithin: "yesterday" })).toBe(false)
})
