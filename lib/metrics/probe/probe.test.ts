import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import { afterEach, expect, test } from "vitest"
import type { MetricReader } from "../contract"
import { createReader } from "./read"

let server: Server | undefined
let reader: MetricReader | undefined
let maintenance = false
afterEach(async () => {
  await reader?.stop()
  server?.closeAllConnections()
  server?.close()
  maintenance = false
})

async function probe(handle: RequestListener, more: object = {}) {
  server = createServer(handle)
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  reader = createReader(
    { ratePerSecond: 50, paths: ["/", "/health"], intervalMs: 500, timeoutMs: 300, ...more },
    {
      baseUrl: `http://127.0.0.1:${port}`,
      nowMs: () => Date.now(),
      maintenanceOn: () => maintenance,
      watched: () => null,
      platform: () => Promise.reject(new Error("the probe asks no platform")),
      request: async (url, { timeoutMs, signal }) => {
        const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
        const answer = await fetch(url, { redirect: "manual", signal: within })
        return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
      },
    },
  )
  reader.start()
  return reader
}

async function takeAfter(it: MetricReader, ms: number) {
  await delay(ms)
  return Object.fromEntries((await it.take()).map((sample) => [sample.metric, sample]))
}

test("requests keep their rate while answers are slow, and the slow ones are seen in the percentile", async () => {
  let n = 0
  const it = await probe((_req, res) => void setTimeout(() => res.end("ok"), n++ % 10 === 0 ? 200 : 5))
  const samples = await takeAfter(it, 1_000)
  expect(samples.request_rate?.value).toBeGreaterThan(35)
  expect(samples.request_rate?.value).toBeLessThan(60)
  expect(samples.error_rate).toMatchObject({ status: "good", value: 0 })
  expect(samples.latency_p99?.value).toBeGreaterThan(190)
})

test("a fifth of 500s is an error rate of a fifth; time-outs and refused connections are errors too", async () => {
  let n = 0
  const it = await probe((req, res) => {
    if (req.url === "/api/oauth/meta" || req.url === "/api/queue") return void res.writeHead(404).end()
    res.writeHead(n++ % 5 === 0 ? 500 : 200).end()
  })
  const some = await takeAfter(it, 1_000)
  expect(some.error_rate?.value).toBeCloseTo(0.2, 1)
  expect(some.oauth_success_rate).toMatchObject({ status: "no_data", value: null })
  expect(some.queue_depth).toMatchObject({ status: "no_data" })
  server?.closeAllConnections()
  server?.close()
  await takeAfter(it, 700)
  expect((await takeAfter(it, 700)).error_rate).toMatchObject({ value: 1 })
})

test("an answer that does not come in time is an error", async () => {
  const it = await probe(() => {}, { timeoutMs: 100 })
  const samples = await takeAfter(it, 800)
  expect(samples.error_rate?.value).toBe(1)
  expect(samples.latency_p99?.value).toBeGreaterThanOrEqual(99)
})

test("maintenance is neither an error nor a measurement", async () => {
  maintenance = true
  const it = await probe((_req, res) => void res.writeHead(503).end())
  const samples = await takeAfter(it, 500)
  for (const metric of ["request_rate", "error_rate", "latency_p99", "oauth_success_rate"]) {
    expect(samples[metric], metric).toMatchObject({ status: "no_data", value: null, count: 0 })
  }
})

test("sign-in and queue are asked beside the probes", async () => {
  const it = await probe((req, res) => {
    if (req.url === "/api/oauth/meta") return void res.writeHead(302, { location: "https://provider.example" }).end()
    if (req.url === "/api/queue") return void res.end(JSON.stringify({ depth: 7 }))
    res.end()
  })
  const samples = await takeAfter(it, 500)
  expect(samples.oauth_success_rate).toMatchObject({ value: 1, count: 1 })
  expect(samples.queue_depth).toMatchObject({ value: 7 })
})
