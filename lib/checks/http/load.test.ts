import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"
import { countWords, percentile } from "./judge-load"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let service: Awaited<ReturnType<typeof startAnswering>>
let count = 0
let open = 0
let mostOpen = 0
beforeAll(async () => {
  service = await startAnswering((req, res) => {
    count += 1
    open += 1
    mostOpen = Math.max(mostOpen, open)
    res.on("close", () => {
      open -= 1
    })
    const n = count
    if (req.url === "/limited") {
      return void (n > 10 ? res.writeHead(429, { "Retry-After": "1" }).end() : res.end("ok"))
    }
    if (req.url === "/rude") return void res.writeHead(n > 10 ? 429 : 200).end()
    if (req.url === "/third") return void res.writeHead(n % 3 === 0 ? 500 : 200).end()
    if (req.url === "/drops") return void (n % 5 === 0 ? req.socket.destroy() : res.end("ok"))
    if (req.url === "/never") return
    setTimeout(() => res.end("ok"), 20)
  })
})
afterAll(() => service.close())
beforeEach(() => {
  count = 0
  mostOpen = 0
})

const check = (path: string, load: Record<string, unknown>, config = {}, options = {}) =>
  tryCheck("http", { url: service.url(path), timeout: "5s", ...config, load }, options)

test("all answers are as expected, no more at once than allowed", async () => {
  const result = await check("/", {
    requests: 60,
    concurrency: 15,
    all: { status: 200, body: { equals: "ok" } },
    p99Below: "4s",
    p50Below: "3s",
    within: "20s",
  })
  expect(said(result)).toEqual([
    "ok Answers: all 60 / all 60",
    "ok Status of all: 200 / so in all of them",
    "ok Body of all: ok / so in all of them",
    expect.stringMatching(/^ok Time for all: below 20 s \/ /),
    expect.stringMatching(/^ok Latency p50: below 3 s \/ \d+ ms$/),
    expect.stringMatching(/^ok Latency p99: below 4 s \/ /),
  ])
  expect(count).toBe(60)
  expect(mostOpen).toBeLessThanOrEqual(15)
  expect(result.blocks).toContainEqual(expect.objectContaining({ title: "Answers by status", rows: [["200", "60"]] }))
  expect(result.blocks).toContainEqual(
    expect.objectContaining({ label: "Latency p99", unit: "ms", limit: 4_000, verdict: "good" }),
  )
})

test("some are not", async () => {
  const result = await check("/third", { requests: 30 })
  expect(said(result)).toEqual(["ok Answers: all 30 / all 30", "bad Status of all: 2xx / 10 × 500"])
  expect(result.outcome).toBe("failed")
})

test("some never come", async () => {
  const result = await check("/drops", { requests: 20, concurrency: 4, all: { status: 200 } })
  expect(said(result)).toEqual([
    expect.stringMatching(/^bad Answers: all 20 \/ 16 of 20; 4 × the connection was closed/),
    "ok Status of all: 200 / so in all of them",
  ])
})

describe("rate limiting", () => {
  const some = { status: 429, headers: { "retry-after": { present: true } } }

  test("is on", async () => {
    const result = await check("/limited", { requests: 30, some, within: "10s" })
    expect(said(result)).toEqual([
      "ok At least one of 30: Status 429, Header retry-after present / 20 of 30 answers",
      expect.stringMatching(/^ok Time for all/),
    ])
  })

  test("is off", async () => {
    const result = await check("/", { requests: 30, some })
    expect(said(result)).toEqual(["bad At least one of 30: Status 429, Header retry-after present / none of 30 × 200"])
  })

  test("says half of what it should", async () => {
    const result = await check("/rude", { requests: 30, some })
    expect(said(result)).toEqual([
      "bad At least one of 30: Status 429, Header retry-after present / none of 20 × 429, 10 × 200; nearest: Header retry-after missing",
    ])
  })
})

test("a whole that takes too long", async () => {
  const result = await check("/", { requests: 10, concurrency: 1, within: "100ms", p50Below: "1ms" })
  expect(said(result)).toEqual([
    "ok Answers: all 10 / all 10",
    "ok Status of all: 2xx / so in all of them",
    expect.stringMatching(/^bad Time for all: below 100 ms \/ /),
    expect.stringMatching(/^bad Latency p50: below 1 ms \/ /),
  ])
})

test("the time of the check ends it, and what was not sent is said", async () => {
  const load = { requests: 40, concurrency: 2, p99Below: "1s" }
  const result = await check("/never", load, { timeout: "500ms" }, { limits: { timeoutMs: 1_500 } })
  expect(result.outcome).toBe("failed")
  expect(said(result)[0]).toMatch(/^bad Answers: all 40 \/ 0 of 40; .*no complete answer within.*not sent in time/)
  expect(said(result).at(-1)).toBe("bad Latency p99: below 1 s / no answer")
  expect(result.tookMs).toBeLessThan(5_000)
})

test("refused, nobody there, stopped", async () => {
  const refused = await check("/", { requests: 20 }, {}, { allowPrivateNetwork: false })
  expect(refused).toMatchObject({ outcome: "errored", summary: expect.stringContaining("loopback address") })
  expect(count).toBe(0)
  const nobody = await tryCheck("http", { url: "http://127.0.0.1:1/", load: { requests: 5, some: { status: 429 } } })
  expect(said(nobody)).toEqual(["bad At least one of 5: an answer / none of 5 × connection refused"])
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error("enough")), 100)
  const stopped = await check("/never", { requests: 20 }, {}, { signal: stop.signal })
  expect(stopped.outcome).toBe("errored")
  expect(stopped.tookMs).toBeLessThan(3_000)
})

test("a run again gives an equal result", async () => {
  const load = { requests: 10, all: { status: 200, latencyBelow: "3s" }, p99Below: "3s" }
  expect(stableResult(await check("/", load))).toEqual(stableResult(await check("/", load)))
})

test("percentiles are values that were there, and counts add up", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const found = percentile(values, share) ?? Number.NaN
        expect(values).toContain(found)
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length - 1e-9)
        const total = [...countWords(values).matchAll(/(\d+) ×/g)].reduce((sum, [, digits]) => sum + Number(digits), 0)
        expect(total).toBe(values.length)
      },
    ),
  )
  expect(percentile([], 0.5)).toBeNull()
})
