import { createServer, type Server, type Socket } from "node:net"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"
import { definition, tcpConfigSchema } from "./definition"
import { openConnection } from "./open-connection"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const sockets = new Set<Socket>()
const servers: Server[] = []
let ports: Record<"redis" | "banner" | "mute" | "hangUp" | "flood" | "pieces" | "nobody", number>

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket))
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  servers.push(server)
  return (server.address() as { port: number }).port
}

async function closePort(server: Server | undefined): Promise<void> {
  await new Promise((resolve) => server?.close(resolve))
}

beforeAll(async () => {
  ports = {
    redis: await listen((socket) =>
      socket.on("data", (data: Buffer) =>
        socket.write(data.toString() === "PING\r\n" ? "+PONG\r\n" : "-ERR unknown\r\n"),
      ),
    ),
    banner: await listen((socket) => socket.write("SSH-2.0-Tess\r\n")),
    mute: await listen((socket) => socket.resume()),
    hangUp: await listen((socket) => socket.end("go away\n")),
    flood: await listen((socket) => {
      const pour = () => {
        while (socket.writable && socket.write(Buffer.alloc(16_384, "x")));
      }
      socket.on("drain", pour)
      pour()
    }),
    pieces: await listen((socket) => {
      socket.write("first ")
      setTimeout(() => socket.write("second "), 60)
      setTimeout(() => socket.write("third"), 120)
    }),
    nobody: await listen(() => undefined),
  }
  await closePort(servers.pop())
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.map(closePort))
})

const check = (port: keyof typeof ports, config: Record<string, unknown> = {}, options = {}) =>
  tryCheck("tcp", { host: "127.0.0.1", port: ports[port], timeout: "1s", ...config }, options)

const untilAlone = () => vi.waitFor(() => expect(sockets.size).toBe(0), { timeout: 3_000 })

describe("a port that must be open", () => {
  test("is, and quickly; nothing is left of the connection", async () => {
    const result = await check("mute", { expect: { latencyBelow: "900ms" } })
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [] })
    expect(said(result)).toEqual([
      `ok Port ${ports.mute} of 127.0.0.1: open / open`,
      expect.stringMatching(/^ok Latency: below 900 ms \/ \d+ ms$/),
    ])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({ type: "metric", unit: "ms", limit: 900, verdict: "good" }),
    )
    await untilAlone()
  })

  test("may be given as text, as a placeholder gives it", async () => {
    const variables = { env: { vars: { PORT: String(ports.mute) } } }
    expect(await check("mute", { port: "{{env.vars.PORT}}" }, { variables })).toMatchObject({ outcome: "passed" })
    for (const port of ["0", "70000", "http", "-1", "1e3"]) {
      expect(await check("mute", { port })).toMatchObject({ outcome: "errored", summary: `"${port}" is no port` })
    }
  })

  test("is not: refused", async () => {
    const result = await check("nobody")
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual([
      `bad Port ${ports.nobody} of 127.0.0.1: a connection within 1 s / connection refused`,
    ])
  })

  test("a name that nobody has is a port that is not open", async () => {
    const result = await tryCheck("tcp", { host: "no-such-name.invalid", port: 80, timeout: "1s" })
    expect(result).toMatchObject({ outcome: "failed", summary: expect.stringContaining("no-such-name.invalid has no") })
  })
})

describe("what the other side sends", () => {
  test("an answer", async () => {
    const result = await check("redis", { send: "PING\r\n", expect: { contains: "PONG", matches: "^\\+PONG\\r\\n$" } })
    expect(result.outcome).toBe("passed")
    expect(said(result).slice(1)).toEqual([
      "ok Answer: contains PONG / contains it",
      "ok Answer: matches ^\\+PONG\\r\\n$ / +PONG",
    ])
    await untilAlone()
  })

  test("another answer", async () => {
    const result = await check("redis", { send: "HELLO\r\n", expect: { contains: ["PONG"], matches: "^\\+" } })
    expect(said(result).slice(1)).toEqual([
      "bad Answer: contains PONG / -ERR unknown within 1 s",
      "bad Answer: matches ^\\+ / -ERR unknown within 1 s",
    ])
  })

  test("a greeting without being asked, also in pieces", async () => {
    expect((await check("banner", { expect: { matches: "^SSH-2\\.0-" } })).outcome).toBe("passed")
    const result = await check("pieces", { expect: { contains: ["first", "third"] }, timeout: "3s" })
    expect(result).toMatchObject({ outcome: "passed" })
    expect(result.tookMs).toBeLessThan(2_000)
    await untilAlone()
  })

  test("nothing, or too little before it hangs up", async () => {
    const mute = await check("mute", { expect: { contains: "hello" }, timeout: "300ms" })
    expect(said(mute).at(-1)).toMatch(/^bad Answer: contains hello \/ nothing within 300 ms$/)
    const hangUp = await check("hangUp", { expect: { contains: "hello" } })
    expect(said(hangUp).at(-1)).toBe("bad Answer: contains hello / go away, then the connection was closed")
  })

  test("without end: reading stops", async () => {
    const result = await check("flood", { expect: { contains: "hello" }, timeout: "5s" })
    expect(said(result).at(-1)).toMatch(/^bad Answer: contains hello \/ x+…, and more than is read$/)
    expect(result.tookMs).toBeLessThan(4_000)
    await untilAlone()
  })

  test("a pattern that would take years ends the waiting", async () => {
    const result = await check("pieces", { expect: { matches: "^(\\w|\\s|.|[a-z ])+X$" }, timeout: "2s" })
    expect(result.outcome).toBe("failed")
    expect(result.tookMs).toBeLessThan(4_000)
  })
})

describe("a port that must be closed", () => {
  test("refuses", async () => {
    const result = await check("nobody", { expect: "closed" })
    expect(result.outcome).toBe("passed")
    expect(said(result)).toEqual([`ok Port ${ports.nobody} of 127.0.0.1: closed / connection refused`])
  })

  test("is open", async () => {
    const result = await check("mute", { expect: "closed" })
    expect(result).toMatchObject({
      outcome: "failed",
      summary: `Port ${ports.mute} of 127.0.0.1: expected closed, got open`,
    })
    await untilAlone()
  })

  test("does not answer: whoever keeps quiet is closed, after long enough", async () => {
    const full = await fillBacklog()
    try {
      const config = { host: "127.0.0.1", port: full.port, expect: "closed", timeout: "1s" }
      const result = await tryCheck("tcp", config)
      expect(said(result)).toEqual([`ok Port ${full.port} of 127.0.0.1: closed / no answer within 1 s`])
      const hurried = await tryCheck("tcp", config, { limits: { timeoutMs: 500 } })
      expect(hurried).toMatchObject({ outcome: "errored", summary: expect.stringContaining("too short to tell") })
      const open = await tryCheck("tcp", { ...config, expect: "open", timeout: "300ms" })
      expect(said(open)).toEqual([
        `bad Port ${full.port} of 127.0.0.1: a connection within 300 ms / no answer within 300 ms`,
      ])
    } finally {
      full.close()
    }
  })

  test("nobody knows: a name without address, an address that is not to be asked", async () => {
    const config = { host: "no-such-name.invalid", port: 80, expect: "closed" }
    expect(await tryCheck("tcp", config)).toMatchObject({ outcome: "errored" })
    for (const host of ["169.254.169.254", "0.0.0.0", "[::]", "0xa9fea9fe"]) {
      expect(await tryCheck("tcp", { ...config, host }), host).toMatchObject({ outcome: "errored" })
    }
  })
})

test("the fence", async () => {
  for (const host of ["127.0.0.1", "localhost", "2130706433", "::1"]) {
    const result = await check("mute", { host }, { allowPrivateNetwork: false })
    expect(result, host).toMatchObject({ outcome: "errored", summary: expect.stringMatching(/loopback/) })
  }
  expect(sockets.size).toBe(0)
})

test("a stop ends it at once and leaves no connection", async () => {
  const stop = new AbortController()
  const config = { expect: { contains: "never" }, timeout: "20s" }
  setTimeout(() => stop.abort(new Error("enough")), 100)
  const result = await check("mute", config, { signal: stop.signal })
  expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended" })
  expect(result.tookMs).toBeLessThan(2_000)
  await untilAlone()
})

test("what did not change has the same result", async () => {
  const config = { send: "PING\r\n", expect: { matches: "PONG", latencyBelow: "900ms" } }
  const [one, two] = [await check("redis", config), await check("redis", config)]
  expect(stableResult(one)).toEqual(stableResult(two))
})

test("settings that make no sense are refused", () => {
  const fits = (config: object) => tcpConfigSchema.safeParse({ host: "a", port: 1, ...config }).success
  expect(fits({ send: "x" })).toBe(false)
  expect(fits({ send: "x", expect: "closed" })).toBe(false)
  expect(fits({ expect: "closed", timeout: "900ms" })).toBe(false)
  expect(fits({ expect: "closed", timeout: "never" })).toBe(false)
  expect(fits({ port: 0 })).toBe(false)
  expect(fits({ expect: "closed", timeout: "1s" })).toBe(true)
})

test("says what it looks at", () => {
  const [redis, closed] = definition.examples.map(({ config }) => definition.describe(tcpConfigSchema.parse(config)))
  expect(redis).toEqual([
    "Port 6379 of redis.postd.example takes connections",
    "within 500ms",
    'is sent "PING\\r\\n"',
    "answers with what matches ^(\\+PONG|-NOAUTH)",
  ])
  expect(closed).toEqual(["Port 5432 of db.postd.example cannot be reached"])
})

/**
 * A listener that nobody accepts from, with a full queue: the kernel drops what else knocks, as a firewall would.
 */
async function fillBacklog(): Promise<{ port: number; close: () => void }> {
  const { fork } = await import("node:child_process")
  const child = fork(new URL("./full-listener.fixture.mjs", import.meta.url))
  const port = await new Promise<number>((resolve) => child.once("message", (message) => resolve(Number(message))))
  const signal = new AbortController().signal
  const knocks: Socket[] = []
  for (let tries = 0; tries < 20; tries += 1) {
    const opened = await openConnection({ address: "127.0.0.1", family: 4, port, timeoutMs: 250, signal })
    if (opened.state !== "open") break
    knocks.push(opened.socket)
  }
  return {
    port,
    close: () => {
      for (const socket of knocks) socket.on("error", () => undefined).destroy()
      child.kill("SIGKILL")
    },
  }
}
