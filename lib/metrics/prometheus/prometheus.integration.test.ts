import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { type Prometheus, startPrometheus } from "@/lib/testing/servers/start-prometheus"
import type { MetricPorts, MetricReader } from "../contract"
import { createReader } from "./read"

let service: Server
let server: Prometheus
const readers: MetricReader[] = []

beforeAll(async () => {
  const began = Date.now()
  // Counters of a service with 100 requests a second, a quarter of them errors.
  service = createServer((_req, res) => {
    const seconds = (Date.now() - began) / 1_000
    const line = (status: string, rate: number) => `http_requests_total{status="${status}"} ${100 + seconds * rate}`
    res.end(`${line("200", 75)}\n${line("500", 25)}\nbuild_info{version="1.1.0"} 7\n`)
  })
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve))
  server = await startPrometheus(`127.0.0.1:${(service.address() as AddressInfo).port}`, 250)
}, 60_000)
afterAll(async () => {
  for (const reader of readers) await reader.stop()
  await server?.stop()
  service?.closeAllConnections()
  service?.close()
})

function reading(queries: object, more: object = {}, version: string | null = "1.1.0"): MetricReader {
  const ports: MetricPorts = {
    baseUrl: "http://127.0.0.1:1",
    request: () => Promise.reject(new Error("the service itself is not asked")),
    platform: createPlatformRequest({ allowPrivateNetwork: true }),
    nowMs: () => Date.now(),
    maintenanceOn: () => false,
    watched: () => (version === null ? null : { version, sinceMs: null }),
  }
  const reader = createReader({ url: server.url, timeoutMs: 2_000, queries, ...more }, ports)
  readers.push(reader)
  return reader
}
const first = async (reader: MetricReader) => (await reader.take())[0]
const errors = 'sum(rate(http_requests_total{status="500"}[5s])) / sum(rate(http_requests_total[5s]))'

test("a ratio of a real server, and how many requests are behind it", async () => {
  const reader = reading({ error_rate: { query: errors, requests: "sum(increase(http_requests_total[5s]))" } })
  await expect.poll(async () => (await first(reader))?.status, { timeout: 15_000 }).toBe("good")
  await expect.poll(async () => (await first(reader))?.count ?? 0, { timeout: 15_000 }).toBeGreaterThan(300)
  const sample = await first(reader)
  expect(sample?.value).toBeCloseTo(0.25, 2)
  expect(sample?.atMs).toBeGreaterThan(Date.now() - 5_000)
})

test.each([
  ["nothing there", "no_such_metric", "no_data", /returns nothing/],
  ["no number", "0 / (http_requests_total{status='200'} * 0)", "no_data", /NaN/],
  ["infinite", "1 / (http_requests_total{status='200'} * 0)", "no_data", /Infinity/],
  ["two series", "http_requests_total", "error", /returns 2 series/],
  ["no PromQL", "sum(", "error", /bad_data: .*parse error/],
  ["a scalar", "scalar(build_info)", "good", undefined],
  ["of the release", 'build_info{version="{{release.version}}"}', "good", undefined],
] as const)("%s", async (_, query, status, words) => {
  const sample = await first(reading({ queue_depth: { query } }))
  expect(sample).toMatchObject({ metric: "queue_depth", status })
  if (words) expect(sample?.words).toMatch(words)
  else expect(sample?.value).toBe(7)
})

test("a query for the release where none is watched, or one whose name means something in PromQL, is no figure", async () => {
  const queries = { queue_depth: { query: 'build_info{version="{{release.version}}"}' } }
  expect(await first(reading(queries, {}, null))).toMatchObject({
    status: "no_data",
    words: expect.stringMatching(/none/),
  })
  expect(await first(reading(queries, {}, '1"} or vector(0) #'))).toMatchObject({ status: "no_data" })
})

test("tried out, it says now, lately, and what is missing", async () => {
  const signal = AbortSignal.timeout(10_000)
  const found = await reading({
    queue_depth: { query: "build_info" },
    error_rate: { query: errors, requests: "no_such_metric" },
    db_pool: { query: "no_such_metric" },
  }).tryOut(signal)
  expect(found).toEqual([
    {
      metric: "queue_depth",
      ok: true,
      words: expect.stringMatching(/^7 now; 7 to 7 in the last hour \(\d+ points?\)/),
    },
    { metric: "error_rate", ok: false, words: "Its number of requests: The query returns nothing." },
    { metric: "db_pool", ok: false, words: expect.stringMatching(/^The query returns nothing\.; nothing in the last/) },
  ])
  expect(found[0]?.words).toMatch(/no query for the number of requests/)
})

const good = '{"status":"success","data":{"resultType":"scalar","result":[NOW,"0.5"]}}'
const now = () => (Date.now() / 1_000).toFixed(3)
test.each([
  ["401", (n: number) => [401, '{"error":"no"}', n], "error", /does not know these credentials \(401\): no$/],
  ["500, again and again", () => [500, "oops"], "error", /answered 500/],
  ["429, then an answer", (n: number) => (n === 0 ? [429, "{}", 0] : [200, good]), "good", undefined],
  ["a page instead of an answer", () => [200, "<html>Sign in</html>"], "error", /is not what it should be/],
  ["an answer that breaks off", () => [200, good.slice(0, 30)], "error", /is not what it should be/],
  ["a redirect", () => [302, ""], "error", /redirects are not followed/],
  ["tokens in its own words", () => [403, '{"error":"tok-0123456789 is bad"}'], "error", /\(hidden\) is bad/],
] as const)("a server that misbehaves: %s", async (_, answer, status, words) => {
  let n = 0
  const bad = createServer((_req, res) => {
    const [code, body] = answer(n++) as [number, string]
    res.writeHead(code, code === 429 ? { "retry-after": "0" } : {}).end(body.replace("NOW", now()))
  })
  await new Promise<void>((resolve) => bad.listen(0, "127.0.0.1", resolve))
  try {
    const url = `http://127.0.0.1:${(bad.address() as AddressInfo).port}`
    const more = { url, timeoutMs: 700, headers: { Authorization: "Bearer tok-0123456789" } }
    const sample = await first(reading({ error_rate: { query: "x" } }, more))
    expect(sample).toMatchObject({ status, value: status === "good" ? 0.5 : null })
    if (words) expect(sample?.words).toMatch(words)
  } finally {
    bad.closeAllConnections()
    bad.close()
  }
})

test("an answer that is kept for ever by what stands in between is no new answer", async () => {
  const old = createServer((_req, res) => void res.end(good.replace("NOW", "1790000000")))
  await new Promise<void>((resolve) => old.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(old.address() as AddressInfo).port}`
  const reader = reading({ error_rate: { query: "x" } }, { url })
  expect(await first(reader)).toMatchObject({ status: "good" })
  expect(await first(reader)).toMatchObject({ status: "no_data", words: expect.stringMatching(/no newer/) })
  old.closeAllConnections()
  old.close()
})

test("a server that says nothing, and one that is not there", async () => {
  const hung = createServer(() => undefined)
  await new Promise<void>((resolve) => hung.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(hung.address() as AddressInfo).port}`
  const queries = { error_rate: { query: "x" } }
  expect(await first(reading(queries, { url, timeoutMs: 200 }))).toMatchObject({ status: "error" })
  hung.closeAllConnections()
  await new Promise((resolve) => hung.close(resolve))
  expect(await first(reading(queries, { url, timeoutMs: 200 }))).toMatchObject({
    status: "error",
    words: expect.stringMatching(/could not be reached/),
  })
})
