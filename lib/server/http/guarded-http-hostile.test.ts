import { createServer, type Server, type Socket } from "node:net"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import type { HttpFault, HttpRequest } from "@/lib/checks/ports"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { findAddress } from "./find-address"
import { createGuardedHttp } from "./guarded-http"
import type { Resolve } from "./guarded-lookup"
import { watchConnections } from "./watch-connections.fixture"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const watched = watchConnections()
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024))
const seen: string[] = []
let service: Awaited<ReturnType<typeof startAnswering>>
let raw: { port: number; close: () => Promise<void>; sockets: Set<Socket> }

beforeAll(async () => {
  service = await startAnswering((req, res) => {
    const { url = "/" } = req
    seen.push(url)
    const [, status, location] = /^\/to\/(\d+)\?(.*)$/.exec(url) ?? []
    if (status && location) return void res.writeHead(Number(status), { Location: decodeURIComponent(location) }).end()
    if (url === "/loop") return void res.writeHead(302, { Location: "/loop" }).end()
    if (url === "/ping") return void res.writeHead(302, { Location: "/pong" }).end()
    if (url === "/pong") return void res.writeHead(301, { Location: "/ping" }).end()
    if (url === "/gzip") return void res.writeHead(200, { "Content-Encoding": "gzip" }).end(BOMB)
    if (url === "/moved") return void res.writeHead(302, { Location: "/there", Connection: "close" }).end()
    if (url === "/said-large") return void res.writeHead(200, { "Content-Length": 10 ** 12 }).write("x")
    if (url === "/large-redirect") {
      return void res.writeHead(302, { Location: "/there" }).end(Buffer.alloc(6 * 1024 * 1024))
    }
    res.end(`${req.headers.host} ${url}`)
  })
  raw = await startRaw()
})
afterAll(async () => {
  watched.end()
  expect(watched.addresses.length).toBeGreaterThan(0)
  expect(watched.outside(), "no connection left this machine").toEqual([])
  await Promise.all([service.close(), raw.close()])
})

const signal = new AbortController().signal
const inside = createGuardedHttp({ allowPrivateNetwork: true, signal })
const ask = (request: Partial<HttpRequest> & { url: string }, http = inside) => http({ timeoutMs: 3_000, ...request })
const faultOf = (promise: Promise<unknown>): Promise<HttpFault> =>
  promise.then(
    () => Promise.reject(new Error("it was answered")),
    (error: HttpFault) => error,
  )
const to = (status: number, url: string) => service.url(`/to/${status}?${encodeURIComponent(url)}`)

describe("redirects", () => {
  test.each([
    ["http://169.254.169.254/latest/meta-data/"],
    ["http://2852039166/"],
    ["//169.254.169.254/"],
    ["\\\\169.254.169.254\\"],
    ["http://[::ffff:a9fe:a9fe]/"],
    ["http://[fd00:ec2::254]/"],
    ["http://0.0.0.0/"],
    ["file:///etc/passwd"],
    ["gopher://127.0.0.1:6379/_FLUSHALL"],
    ["data:text/plain,hello"],
    ["http://someone:secret@127.0.0.1/"],
    ["http://127.0.0.1:0/"],
    ["http://"],
  ])("to %s are not followed", async (location) => {
    for (const status of [301, 302, 303, 307, 308]) {
      const { reason } = await faultOf(ask({ url: to(status, location), followRedirects: 5 }))
      expect(["refused", "invalid"], String(status)).toContain(reason)
    }
  })

  test("the fence stands at every hop, not only at the first one", async () => {
    const before = seen.length
    const chain = to(302, to(307, to(301, "http://169.254.169.254/")))
    expect(await faultOf(ask({ url: chain, followRedirects: 10 }))).toMatchObject({ reason: "refused" })
    expect(seen.length - before).toBe(3)
  })

  test("loops end", async () => {
    for (const path of ["/loop", "/ping"]) {
      const before = seen.length
      expect((await faultOf(ask({ url: service.url(path), followRedirects: 10 }))).reason).toBe("redirects")
      expect(seen.length - before).toBe(11)
    }
  })

  test("to a name are judged by what it stands for", async () => {
    const resolve: Resolve = async (name) => [
      { address: name === "evil.example" ? "169.254.169.254" : "127.0.0.1", family: 4 },
    ]
    const http = createGuardedHttp({ allowPrivateNetwork: true, signal, resolve })
    const url = `http://good.example:${service.port}/to/302?${encodeURIComponent("http://evil.example/")}`
    expect(await faultOf(ask({ url, followRedirects: 1 }, http))).toMatchObject({
      ...{ reason: "refused", message: expect.stringContaining("169.254.169.254 is a link-local address") },
    })
  })

  test("what they bring along is bounded as well", async () => {
    expect((await faultOf(ask({ url: service.url("/large-redirect"), followRedirects: 1 }))).reason).toBe("too_large")
  })
})

describe("names that change their meaning", () => {
  const turning = (...answers: string[][]) => {
    let asked = 0
    const resolve: Resolve = async () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? []
      asked += 1
      return answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }))
    }
    return { resolve, asked: () => asked }
  }

  test("the socket goes to what was judged: the name is not looked up again", async () => {
    const name = turning(["127.0.0.1"], ["169.254.169.254"], ["10.0.0.1"])
    const http = createGuardedHttp({ allowPrivateNetwork: true, signal, resolve: name.resolve })
    const before = watched.addresses.length
    const answer = await ask({ url: `http://turning.example:${service.port}/x` }, http)
    expect(answer.body).toBe(`turning.example:${service.port} /x`)
    expect(name.asked()).toBe(1)
    expect(watched.addresses.slice(before)).toEqual(["127.0.0.1"])
  })

  test("a new connection to it is judged anew", async () => {
    const name = turning(["127.0.0.1"], ["169.254.169.254"])
    const http = createGuardedHttp({ allowPrivateNetwork: true, signal, resolve: name.resolve })
    const url = `http://turning.example:${service.port}`
    expect((await faultOf(ask({ url: `${url}/moved`, followRedirects: 1 }, http))).reason).toBe("refused")
    expect(name.asked()).toBe(2)
    expect((await faultOf(ask({ url: `${url}/x` }, http))).reason).toBe("refused")
  })

  test("an address is found once: what comes later is nobody's answer", async () => {
    const name = turning(["93.184.215.14"], ["127.0.0.1"])
    const options = { allowPrivateNetwork: false, signal, resolve: name.resolve }
    expect(await findAddress("turning.example", options)).toEqual({ address: "93.184.215.14", family: 4 })
    expect(name.asked()).toBe(1)
    expect((await faultOf(findAddress("turning.example", options))).reason).toBe("refused")
  })

  test("of a machine with two loopback addresses the older one is taken", async () => {
    const { resolve } = turning(["::1", "127.0.0.1"])
    const options = { allowPrivateNetwork: true, signal, resolve }
    expect(await findAddress("localhost", options)).toEqual({ address: "127.0.0.1", family: 4 })
    const only = { ...options, resolve: turning(["::1"]).resolve }
    expect(await findAddress("localhost", only)).toEqual({ address: "::1", family: 6 })
  })

  test("nobody, nothing, and a name server that never answers", async () => {
    const nothing = createGuardedHttp({ allowPrivateNetwork: true, signal, resolve: turning([]).resolve })
    expect((await faultOf(ask({ url: "http://nothing.example/" }, nothing))).reason).toBe("name")
    const hanging = createGuardedHttp({ allowPrivateNetwork: true, signal, resolve: () => new Promise(() => {}) })
    const beganMs = performance.now()
    expect(await faultOf(ask({ url: "http://hanging.example/", timeoutMs: 300 }, hanging))).toMatchObject({
      reason: "timeout",
    })
    expect(performance.now() - beganMs).toBeLessThan(2_000)
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 50)
    const found = findAddress("hanging.example", {
      ...{ allowPrivateNetwork: true, signal: stop.signal, resolve: () => new Promise(() => {}) },
    })
    await expect(found).rejects.toThrow("enough")
  })
})

describe("answers that are meant to hurt", () => {
  test("a body without end is cut off", async () => {
    const fault = await faultOf(ask({ url: `http://127.0.0.1:${raw.port}/endless` }))
    expect(fault).toMatchObject({ reason: "too_large" })
    await vi.waitFor(() => expect(raw.sockets.size).toBe(0), { timeout: 3_000 })
  })

  test("a body that only says it is large is waited for no longer than any other", async () => {
    expect((await faultOf(ask({ url: service.url("/said-large"), timeoutMs: 300 }))).reason).toBe("timeout")
  })

  test("packed bytes stay packed: nothing asks for them, and nothing unpacks them", async () => {
    const answer = await ask({ url: service.url("/gzip") })
    expect(answer.headers["content-encoding"]).toBe("gzip")
    expect(answer.body.length).toBeLessThanOrEqual(BOMB.length)
    expect(BOMB.length).toBeLessThan(100_000)
  })

  test.each([
    ["/trickle", "a body, byte by byte"],
    ["/trickle-headers", "headers, byte by byte"],
    ["/informs", "one preliminary answer after another"],
    ["/silent", "nothing at all"],
  ])("%s: %s, until the time is over", async (path) => {
    const beganMs = performance.now()
    const fault = await faultOf(ask({ url: `http://127.0.0.1:${raw.port}${path}`, timeoutMs: 500 }))
    expect(fault.reason).toBe("timeout")
    expect(performance.now() - beganMs).toBeLessThan(2_000)
    await vi.waitFor(() => expect(raw.sockets.size).toBe(0), { timeout: 3_000 })
  })

  test.each(["/many-headers", "/long-header"])("%s: more headers than are read", async (path) => {
    expect(await faultOf(ask({ url: `http://127.0.0.1:${raw.port}${path}` }))).toMatchObject({
      ...{ reason: "too_large", message: "the headers of the answer are too large" },
    })
  })

  test.each(["/no-http", "/two-lengths", "/bad-chunk"])("%s is no HTTP", async (path) => {
    expect((await faultOf(ask({ url: `http://127.0.0.1:${raw.port}${path}` }))).reason).toBe("protocol")
  })
})

const OK = "HTTP/1.1 200 OK\r\n"
const WHOLE: Record<string, string> = {
  "/many-headers": `${OK}${Array.from({ length: 5_000 }, (_, index) => `X-${index}: y\r\n`).join("")}\r\n`,
  "/long-header": `${OK}X: ${"y".repeat(200_000)}\r\n\r\n`,
  "/no-http": "hello\r\n\r\n",
  "/two-lengths": `${OK}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
  "/bad-chunk": `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n`,
}

/** Writes whatever it likes, as no real HTTP server would. */
async function startRaw() {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    const timers: NodeJS.Timeout[] = []
    const every = (text: string) => timers.push(setInterval(() => socket.write(text), 20))
    socket
      .on("error", () => undefined)
      .on("close", () => {
        sockets.delete(socket)
        for (const timer of timers) clearInterval(timer)
      })
    socket.once("data", (data: Buffer) => {
      const path = data.toString().split(" ")[1] ?? ""
      if (path === "/trickle") {
        socket.write(`${OK}Content-Length: 100000\r\n\r\n`)
        every("x")
      } else if (path === "/trickle-headers") {
        socket.write(`${OK}X: `)
        every("x")
      } else if (path === "/informs") every("HTTP/1.1 103 Early Hints\r\n\r\n")
      else if (path === "/endless") {
        const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`
        const pour = () => {
          while (socket.writable && socket.write(chunk));
        }
        socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`)
        socket.on("drain", pour)
        pour()
      } else if (WHOLE[path]) socket.end(WHOLE[path])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    sockets,
    port: (server.address() as { port: number }).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
