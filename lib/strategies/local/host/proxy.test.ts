import { request } from "node:http"
import { setTimeout as delay } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readText, startTestHost, type TestHost } from "./testing/start-test-host"

let host: TestHost

beforeEach(async () => {
  host = await startTestHost()
})
afterEach(() => host.close())

test("nothing live is said, in the form that the client reads", async () => {
  const api = await readText(host.proxyUrl("/api/ping"))
  expect(api.status).toBe(503)
  expect(JSON.parse(api.body)).toEqual({ error: "no_live_version", message: "No version is live yet." })
  const page = await readText(host.proxyUrl("/"), { headers: { accept: "text/html" } })
  expect(page.body).toContain("No version is live yet.")
})

test("method, path, body and headers arrive; repeated response headers stay apart", async () => {
  await host.goLive("blue")
  const sent = await fetch(host.proxyUrl("/echo?q=a%20b"), {
    method: "PUT",
    headers: { "content-type": "text/plain", "x-forwarded-for": "1.2.3.4", "x-own": "kept" },
    body: "ä".repeat(50_000),
  })
  expect(sent.headers.getSetCookie()).toEqual(["a=1", "b=2"])
  expect(sent.headers.get("x-served-version")).toBe("blue.0.0")
  const seen = await sent.json()
  expect(seen).toMatchObject({ method: "PUT", url: "/echo?q=a%20b" })
  // Compared as a truth value: a difference in 100 kB would drown the report.
  expect(seen.body === "ä".repeat(50_000)).toBe(true)
  expect(seen.headers).toMatchObject({
    "x-own": "kept",
    "x-forwarded-for": "1.2.3.4, 127.0.0.1",
    "x-forwarded-proto": "http",
    "x-forwarded-host": new URL(host.proxyUrl("/")).host,
  })
})

test("a body of unknown length arrives whole, with any method", async () => {
  await host.goLive("blue")
  const body = await new Promise<string>((resolve, reject) => {
    const req = request(host.proxyUrl("/echo"), { method: "DELETE", headers: { "transfer-encoding": "chunked" } })
    req.on("error", reject)
    req.on("response", async (res) => {
      let text = ""
      for await (const chunk of res) text += chunk
      resolve(text)
    })
    req.write("one,")
    setTimeout(() => req.end("two"), 50)
  })
  expect(JSON.parse(body)).toMatchObject({ method: "DELETE", body: "one,two" })
})

test("an answer is passed on part by part", async () => {
  await host.goLive("blue")
  const response = await fetch(host.proxyUrl("/parts"))
  const reader = response.body?.getReader()
  const first = await reader?.read()
  expect(Buffer.from(first?.value ?? []).toString()).toBe("first,")
  const second = await reader?.read()
  expect(Buffer.from(second?.value ?? []).toString()).toBe("second")
})

test("when the application dies under a request, a GET is sent once more to what is live then, a POST is not", async () => {
  await host.goLive("blue")
  await host.run("green")
  const path = "/crash?only=blue&ms=300"
  const [get, post] = [readText(host.proxyUrl(path)), readText(host.proxyUrl(path), { method: "POST", body: "{}" })]
  await delay(100)
  await host.client().setLive({ deploymentId: "green" })
  expect(await get).toMatchObject({ status: 200, body: "green" })
  expect(await post).toMatchObject({ status: 502, body: expect.stringContaining("bad_gateway") })
})

test("a client that goes away frees its request in the application", async () => {
  await host.goLive("blue")
  const abort = new AbortController()
  const gone = fetch(host.proxyUrl("/?ms=60000"), { signal: abort.signal }).catch((error: Error) => error.name)
  setTimeout(() => abort.abort(), 100)
  expect(await gone).toBe("AbortError")
  // Draining waits for requests in flight, so a request that was not freed would hold this up for 10 s.
  await host.goLive("green")
  const began = performance.now()
  await host.client().remove("blue")
  expect(performance.now() - began).toBeLessThan(5_000)
})
