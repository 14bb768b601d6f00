import { createServer } from "node:net"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { HttpFault, HttpRequest } from "@/lib/checks/ports"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { createGuardedHttp } from "./guarded-http"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let service: Awaited<ReturnType<typeof startAnswering>>
const seen: { method?: string; url?: string; authorization?: string; body: string }[] = []
beforeAll(async () => {
  service = await startAnswering((req, res, body) => {
    const { method, url, headers } = req
    seen.push({ method, url, authorization: headers.authorization, body })
    if (url === "/large") return void res.end(Buffer.alloc(6 * 1024 * 1024))
    if (url === "/slow") return void res.write("first part")
    if (url === "/half") return void res.writeHead(200, { "Content-Length": 100 }).write("half", () => res.destroy())
    if (url === "/cookies") return void res.setHeader("Set-Cookie", ["a=1", "b=2"]).end("ok")
    if (url === "/latin")
      return void res.setHeader("Content-Type", "text/plain; charset=latin1").end(Buffer.from([0xfc]))
    const to = /^\/to\/(\d+)\?(.*)$/.exec(url ?? "")
    if (to) return void res.writeHead(Number(to[1]), { Location: decodeURIComponent(to[2] ?? "") }).end()
    res.end(`${method} ${url}`)
  })
})
afterAll(() => service.close())

const signal = new AbortController().signal
const inside = createGuardedHttp({ allowPrivateNetwork: true, signal })
const outside = createGuardedHttp({ allowPrivateNetwork: false, signal })
const ask = (request: Partial<HttpRequest> & { url: string }, http = inside) => http({ timeoutMs: 3_000, ...request })
const faultOf = (promise: Promise<unknown>): Promise<HttpFault> =>
  promise.then(
    () => Promise.reject(new Error("it was answered")),
    (error: HttpFault) => error,
  )
const to = (status: number, url: string) => service.url(`/to/${status}?${encodeURIComponent(url)}`)

test("asks and answers", async () => {
  expect(
    await ask({ url: service.url("/x"), method: "POST", body: "hi", headers: { Authorization: "Bearer t" } }),
  ).toMatchObject({
    ...{ status: 200, body: "POST /x", redirects: [] },
  })
  expect(seen.at(-1)).toEqual({ method: "POST", url: "/x", authorization: "Bearer t", body: "hi" })
  expect((await ask({ url: service.url("/cookies") })).headers["set-cookie"]).toBe("a=1, b=2")
  expect((await ask({ url: service.url("/latin") })).body).toBe("ü")
})

test("without leave nothing on this machine is reached, by number or by name", async () => {
  const before = seen.length
  for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "0.0.0.0"]) {
    const fault = await faultOf(ask({ url: `http://${host}:${service.port}/` }, outside))
    expect(fault.reason, host).toBe("refused")
  }
  expect(seen.length).toBe(before)
})

test("a name is looked up once, where the socket opens, and judged by what is then connected to", async () => {
  const answers = ["127.0.0.1", "93.184.215.14"]
  let asked = 0
  const http = createGuardedHttp({
    allowPrivateNetwork: false,
    signal,
    resolve: async () => [{ address: answers[asked++] ?? "93.184.215.14", family: 4 }],
  })
  const fault = await faultOf(ask({ url: `http://rebind.example:${service.port}/` }, http))
  expect(fault).toMatchObject({
    reason: "refused",
    message: expect.stringContaining("127.0.0.1 is a loopback address"),
  })
  expect(asked).toBe(1)
  const several = createGuardedHttp({
    allowPrivateNetwork: false,
    signal,
    resolve: async () => [
      { address: "93.184.215.14", family: 4 },
      { address: "169.254.169.254", family: 4 },
    ],
  })
  expect((await faultOf(ask({ url: "http://several.example/" }, several))).reason).toBe("refused")
})

test("redirects are the answer, unless they are to be followed, each through the fence", async () => {
  expect((await ask({ url: to(302, "/there") })).status).toBe(302)
  const followed = await ask({ url: to(302, "/there"), followRedirects: 2 })
  expect(followed).toMatchObject({ status: 200, body: "GET /there", redirects: [service.url("/there")] })
  const chain = to(302, to(301, "/there"))
  expect((await faultOf(ask({ url: chain, followRedirects: 1 }))).reason).toBe("redirects")
  for (const target of ["http://169.254.169.254/latest", "file:///etc/passwd", "http://a:b@127.0.0.1/"]) {
    expect((await faultOf(ask({ url: to(302, target), followRedirects: 5 }))).reason).toBe("refused")
  }
})

test("another origin gets neither headers nor body of the first one", async () => {
  const other = await startAnswering((req, res) => res.end(JSON.stringify(req.headers)))
  try {
    const headers = { Authorization: "Bearer t", Cookie: "a=1", "X-Key": "k" }
    const answer = await ask({ url: to(302, other.url()), headers, followRedirects: 1 })
    expect(answer.body).not.toMatch(/Bearer|a=1|x-key/)
    const post = ask({ url: to(307, other.url()), method: "POST", body: "secret", followRedirects: 1 })
    expect((await faultOf(post)).reason).toBe("refused")
  } finally {
    await other.close()
  }
})

test.each([
  ["/large", "too_large", "larger than 5 MB"],
  ["/slow", "timeout", "no complete answer within 400 ms"],
  ["/half", "connection", "closed before the answer was complete"],
])("%s: %s", async (path, reason, words) => {
  const beganMs = performance.now()
  const fault = await faultOf(ask({ url: service.url(path), timeoutMs: path === "/slow" ? 400 : 3_000 }))
  expect(fault).toMatchObject({ reason, message: expect.stringContaining(words) })
  expect(performance.now() - beganMs).toBeLessThan(3_000)
})

test("nobody there, no HTTP, no TLS, no such header", async () => {
  const raw = createServer((socket) => socket.on("error", () => {}).end("SSH-2.0-OpenSSH\r\n", () => socket.destroy()))
  await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve))
  const { port } = raw.address() as { port: number }
  expect((await faultOf(ask({ url: `http://127.0.0.1:${port}/` }))).reason).toBe("protocol")
  expect((await faultOf(ask({ url: `https://127.0.0.1:${port}/` }))).reason).toBe("tls")
  await new Promise((resolve) => raw.close(resolve))
  expect(await faultOf(ask({ url: `http://127.0.0.1:${port}/` }))).toMatchObject({ message: "connection refused" })
  expect((await faultOf(ask({ url: "http://no-such-name.invalid/" }))).reason).toBe("name")
  expect((await faultOf(ask({ url: service.url(), headers: { Host: "x" } }))).reason).toBe("invalid")
  expect((await faultOf(ask({ url: service.url(), headers: { A: "x\r\nB: y" } }))).reason).toBe("invalid")
})

test("a stop is passed on at once, as it was given", async () => {
  const stop = new AbortController()
  const http = createGuardedHttp({ allowPrivateNetwork: true, signal: stop.signal })
  const asking = ask({ url: service.url("/slow") }, http)
  setTimeout(() => stop.abort(new Error("enough")), 50)
  await expect(asking).rejects.toThrow("enough")
})
