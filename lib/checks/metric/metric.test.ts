import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import type { Sample, SampleStatus } from "@/lib/domain/metric/rule"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"
import { definition } from "./definition"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let service: Awaited<ReturnType<typeof startAnswering>>
let page: (look: number) => string | null = () => ""
let looks = 0
let seen: Record<string, unknown> = {}
beforeAll(async () => {
  service = await startAnswering((req, res) => {
    looks += 1
    seen = req.headers
    const text = page(looks)
    if (req.url === "/never") return
    if (text === null) return void res.writeHead(503).end("busy")
    res.writeHead(200, { "Content-Type": "text/plain; version=0.0.4" }).end(text)
  })
})
afterAll(() => service.close())
beforeEach(() => {
  looks = 0
})

const ask = (config: Record<string, unknown>, text: string | ((look: number) => string | null) = "", options = {}) => {
  page = typeof text === "string" ? () => text : text
  return tryCheck("metric", { url: service.url("/metrics"), ...config }, options)
}

describe("a sample of a metrics page", () => {
  const PAGE = [
    "# TYPE queue_depth gauge",
    'queue_depth{queue="mail"} 7',
    'queue_depth{queue="video",region="eu"} 40',
    "workers 3",
    "broken NaN",
    "endless +Inf",
  ].join("\n")

  test("within its limit", async () => {
    const headers = { "X-Golive-Bypass": "let-me-in" }
    const result = await ask({ name: "workers", is: [">= 1", "<= 5"], headers }, PAGE)
    expect(said(result)).toEqual(["ok workers: >= 1 and <= 5 / 3"])
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [] })
    expect(seen).toMatchObject({ "x-golive-bypass": "let-me-in" })
    expect(result.blocks).toContainEqual({ type: "metric", label: "workers", value: 3, unit: "", verdict: "good" })
  })

  test.each([
    [{ name: "workers", is: "< 3" }, "bad workers: < 3 / 3"],
    [{ name: "queue_depth", labels: { queue: "mail" }, is: "> 7" }, 'bad queue_depth{queue="mail"}: > 7 / 7'],
    [{ name: "queue_depth", aggregate: "sum", is: "<= 46" }, "bad queue_depth: <= 46 / 47"],
    [{ name: "queue_depth", aggregate: "max", is: "< 40" }, "bad queue_depth: < 40 / 40"],
    [{ name: "queue_depth", aggregate: "min", is: ">= 8" }, "bad queue_depth: >= 8 / 7"],
    [{ name: "broken", is: "< 100" }, "bad broken: < 100 / NaN"],
    [{ name: "broken", is: ">= 0" }, "bad broken: >= 0 / NaN"],
    [{ name: "endless", is: "< 100" }, "bad endless: < 100 / Infinity"],
    [{ name: "gone", is: "< 100" }, "bad gone: < 100 / not on the page, which has 5 samples"],
    [
      { name: "queue_depth", labels: { queue: "other" }, is: "< 1" },
      'bad queue_depth{queue="other"}: < 1 / not on the page, which has 5 samples',
    ],
  ])("out of it: %j", async (config, words) => {
    const result = await ask(config, PAGE)
    expect(said(result)).toEqual([words])
    expect(result.outcome).toBe("failed")
  })

  test("which of several is not guessed", async () => {
    const result = await ask({ name: "queue_depth", is: "< 100" }, PAGE)
    expect(result).toMatchObject({
      outcome: "errored",
      summary: "2 samples are queue_depth: name more `labels`, or say `aggregate`",
    })
    expect(JSON.stringify(result.blocks)).toContain("video")
  })

  test("no page, no format, nobody there, too late", async () => {
    const config = { name: "workers", is: "< 5" }
    expect(said(await ask(config, () => null))).toEqual(["bad Metrics page: 2xx / 503"])
    expect(said(await ask(config, "<h1>Sign in</h1>"))).toEqual([
      "bad Metrics page: Prometheus' text format / line 1 is no sample: <h1>Sign in</h1>",
    ])
    expect(said(await ask({ ...config, url: "http://127.0.0.1:1/metrics" }))).toEqual([
      "bad Metrics page: an answer / connection refused",
    ])
    const late = await ask({ ...config, url: service.url("/never"), timeout: "300ms" })
    expect(said(late)).toEqual(["bad Metrics page: an answer / no complete answer within 300 ms"])
    expect(late.tookMs).toBeLessThan(3_000)
  })

  test("a refused address is no finding", async () => {
    const result = await ask({ name: "workers", is: "< 5" }, PAGE, { allowPrivateNetwork: false })
    expect(result).toMatchObject({ outcome: "errored", summary: expect.stringContaining("loopback address") })
    expect(looks).toBe(0)
  })

  test("an unchanged page gives an equal result", async () => {
    const config = { name: "queue_depth", aggregate: "sum", is: "< 100" }
    const once = stableResult(await ask(config, PAGE))
    expect(stableResult(await ask(config, PAGE.replace("40", "39")))).toEqual(once)
  })
})

describe("eventually", () => {
  test("asks again until it is so", async () => {
    const result = await ask({ name: "queue_depth", is: "<= 10", eventually: "20s" }, (look) =>
      look === 1 ? null : `queue_depth ${look === 2 ? 50 : 10}`,
    )
    expect(result.outcome).toBe("passed")
    expect(looks).toBe(3)
    expect(said(result)[0]).toMatch(/^ok queue_depth: <= 10 within 20 s \/ 10 after 2(\.\d)? s$/)
    expect(result.log).toContain("queue_depth: 50")
  })

  test("and says what it was when the time was over", async () => {
    const result = await ask({ name: "queue_depth", is: "<= 10", eventually: "1500ms" }, "queue_depth 50")
    expect(result.outcome).toBe("failed")
    expect(said(result)[0]).toMatch(/^bad queue_depth: <= 10 within 1\.5 s \/ 50 after 1(\.\d)? s$/)
    expect(result.tookMs).toBeLessThan(5_000)
  })

  test("a stop ends the waiting", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 200)
    const config = { name: "queue_depth", is: "<= 10", eventually: "1m" }
    const result = await ask(config, "queue_depth 50", { signal: stop.signal })
    expect(result.outcome).toBe("errored")
    expect(result.tookMs).toBeLessThan(2_000)
  })
})

describe("readings of the probe", () => {
  const probe = (values: (number | SampleStatus)[], config: Record<string, unknown> = {}) => {
    const measure = async (metric: string): Promise<Sample[]> =>
      values.map((value, index) => ({
        ...{ metric, atMs: index * 1_000, count: typeof value === "number" ? 10 : 0 },
        ...(typeof value === "number" ? { status: "good" as const, value } : { status: value, value: null }),
      }))
    return tryCheck("metric", { metric: "latency_p99", is: "< 2000", for: "3s", ...config }, { measure })
  }

  test("every one within the limit", async () => {
    const result = await probe([300, 1_999, 250])
    expect(said(result)).toEqual(["ok Response time p99: < 2000 / 1999 at worst, of 3 readings"])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({ type: "metric", value: 1_999, unit: "ms", limit: 2_000, verdict: "good" }),
    )
    expect(stableResult(await probe([310, 320, 250, 10]))).toEqual(stableResult(result))
  })

  test("one is not", async () => {
    const result = await probe([300, 2_000, 250])
    expect(said(result)).toEqual(["bad Response time p99: < 2000 / 2000 at worst, of 3 readings"])
    expect(said(await probe([0.999, 0.9, 1], { metric: "uptime", is: ">= 0.99" }))).toEqual([
      "bad Uptime: >= 0.99 / 0.9 at worst, of 3 readings",
    ])
  })

  test.each([
    [[], "0 readings"],
    [["no_data", "no_data", "no_data"], "0 readings, 3 without data"],
    [[300, 300, "no_data", "error"], "2 readings, 1 failed, 1 without data"],
    [["error", "no_data", "error"], "0 readings, 2 failed, 1 without data"],
    [[Number.NaN, Number.POSITIVE_INFINITY, 300], "1 reading, 2 without data"],
  ] as [(number | SampleStatus)[], string][])("too few of them are never a pass: %j", async (values, words) => {
    expect(await probe(values)).toMatchObject({
      outcome: "errored",
      summary: `Too little is known of “Response time p99”: ${words}, at least 3 are needed`,
    })
  })

  test("nothing but failures is a finding", async () => {
    const result = await probe(["error", "error", "error"])
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual(["bad Response time p99: < 2000 / no reading: all 3 failed"])
  })

  test("without a probe, or without the time for it, nobody knows", async () => {
    expect(await tryCheck("metric", { metric: "uptime", is: "> 0.9" })).toMatchObject({
      outcome: "errored",
      summary: "This environment has no probe that could measure",
    })
    const measure = async () => []
    const late = await tryCheck(
      "metric",
      { metric: "uptime", is: "> 0.9", for: "5m" },
      { measure, limits: { timeoutMs: 60_000 } },
    )
    expect(late).toMatchObject({ outcome: "errored", summary: expect.stringContaining("does not fit") })
  })
})

describe("settings", () => {
  test.each([
    [{ is: "< 1" }, "needs one of `metric` and `url`"],
    [{ is: "< 1", metric: "uptime", url: "http://x/" }, "needs one of"],
    [{ is: "< 1", url: "http://x/" }, "must say which sample"],
    [{ is: "< 1", metric: "uptime", name: "x" }, "belongs to `url`"],
    [{ is: "< 1", url: "http://x/", name: "x", minSamples: 2 }, "belongs to `metric`"],
    [{ is: "100", metric: "uptime" }, "must begin with an operator"],
    [{ is: "< many", metric: "uptime" }, 'must be such as "< 2000"'],
  ])("%j do not fit", (config, words) => {
    const parsed = definition.configSchema.safeParse(config)
    expect(JSON.stringify(parsed.error?.issues)).toContain(JSON.stringify(words).slice(1, -1))
  })

  test("a limit may be a placeholder, and must be a number in the end", async () => {
    const config = { metric: "uptime", is: "< {{env.vars.LIMIT}}" }
    expect(definition.configSchema.safeParse(config).success).toBe(true)
    const result = await tryCheck("metric", config, { variables: { env: { vars: { LIMIT: "plenty" } } } })
    expect(result).toMatchObject({ outcome: "errored", summary: expect.stringContaining("do not fit") })
  })
})
