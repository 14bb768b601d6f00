import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { checkOutVersion, runScript, serve } from "./testing/check-out-version"

let root: string
let good: string
let bad: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-sample-"))
  good = await checkOutVersion(root, "v1.1.0")
  bad = await checkOutVersion(root, "v1.2.0")
}, 60_000)
afterAll(() => rm(root, { recursive: true, force: true }))

const PATHS = ["/", "/api/ping", "/api/posts", "/api/auth/status"]

/** Requests at a fixed rate, whatever the answers take. Latencies in ms. */
async function probe(url: string, { perSecond, seconds }: { perSecond: number; seconds: number }) {
  const began = performance.now()
  const requests: Promise<{ atS: number; status: number; ms: number }>[] = []
  for (let i = 0; i < perSecond * seconds; i += 1) {
    await delay(Math.max(0, began + (i * 1000) / perSecond - performance.now()))
    requests.push(one(url + PATHS[i % PATHS.length], began))
  }
  return Promise.all(requests)
}

async function one(url: string, began: number) {
  const sent = performance.now()
  const response = await fetch(url)
  await response.arrayBuffer()
  return { atS: (sent - began) / 1000, status: response.status, ms: performance.now() - sent }
}

function judge(samples: Awaited<ReturnType<typeof probe>>) {
  const latencies = samples.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    errorRate: samples.filter(({ status }) => status >= 500).length / samples.length,
    p99Ms: latencies[Math.ceil(latencies.length * 0.99) - 1] ?? Number.NaN,
  }
}

describe("under load", () => {
  test("1.1.0 stays good at 10 requests a second", async () => {
    const service = await serve(good)
    const { errorRate, p99Ms } = judge(await probe(service.url, { perSecond: 10, seconds: 5 }))
    expect(await service.stop()).toBe(0)
    expect(errorRate).toBe(0)
    expect(p99Ms).toBeLessThan(500)
  }, 20_000)

  test("1.2.0 is good for single requests and a burst of 15, bad within 3 s at 10 a second, and recovers", async () => {
    const service = await serve(bad)
    try {
      const single = await probe(service.url, { perSecond: 2, seconds: 3 })
      expect(judge(single).errorRate).toBe(0)
      await delay(5_000)
      const burst = await Promise.all(Array.from({ length: 15 }, (_, i) => one(service.url + PATHS[i % 4], 0)))
      expect(judge(burst).errorRate).toBe(0)
      expect(judge(burst).p99Ms).toBeLessThan(1_000)
      await delay(5_000)

      const sustained = await probe(service.url, { perSecond: 10, seconds: 10 })
      expect(sustained.find(({ status }) => status >= 500)?.atS).toBeLessThan(3)
      const { errorRate, p99Ms } = judge(sustained.filter(({ atS }) => atS >= 2))
      expect(errorRate).toBeGreaterThan(0.15)
      expect(errorRate).toBeLessThan(0.4)
      expect(p99Ms).toBeGreaterThan(2_000)
      expect((await fetch(`${service.url}/health`)).status).toBe(200)

      await delay(5_500)
      const smoke = await runScript(bad, "test:smoke", { BASE_URL: service.url, EXPECT_VERSION: "1.2.0" })
      expect(smoke).toMatchObject({ code: 0, output: expect.stringContaining("9 of 9") })
    } finally {
      await service.stop()
    }
  }, 60_000)

  test("1.2.0 with its feature flag off is as good as 1.1.0", async () => {
    const service = await serve(bad, { FEATURE_FLAG_RECYCLING_POOL: "false" })
    const { errorRate, p99Ms } = judge(await probe(service.url, { perSecond: 15, seconds: 4 }))
    await service.stop()
    expect(errorRate).toBe(0)
    expect(p99Ms).toBeLessThan(500)
  }, 20_000)
})

describe("the commands of the project", () => {
  test("the build writes a manifest with its commit and tells its progress; a failing build says so", async () => {
    const manifest = JSON.parse(await readFile(join(good, "dist/build-manifest.json"), "utf8"))
    expect(manifest).toMatchObject({ version: "1.1.0", commit: expect.stringMatching(/^[0-9a-f]{40}$/) })
    expect(manifest.files[0]).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const slow = await runScript(good, "build", { BUILD_DELAY_MS: "200" })
    expect(slow.output).toMatch(/\[1\/4\][\s\S]*bundle size: [\d.]+ KB gzipped[\s\S]*built postd 1\.1\.0 from/)
    expect((await runScript(good, "build", { BUILD_FAIL: "1" })).code).toBe(1)
    expect((await runScript(good, "build")).code).toBe(0)
  }, 20_000)

  test.each(["typecheck", "lint", "test", "audit:stack"])(
    "%s passes",
    async (script) => {
      expect(await runScript(bad, script)).toMatchObject({ code: 0 })
    },
    20_000,
  )

  test("validate:env accepts the file in the repository and names what is wrong without its value", async () => {
    expect(await runScript(good, "validate:env")).toMatchObject({
      code: 0,
      output: expect.stringContaining("0 errors"),
    })
    const content = await readFile(join(good, ".env.production"), "utf8")
    const broken = content
      .replace(/^SENTRY_DSN=.*\n/m, "")
      .replace(/^TOKEN_VAULT_KEY=.*$/m, "TOKEN_VAULT_KEY=short-secret")
    const file = join(root, "broken.env")
    await writeFile(file, broken)
    const { code, output } = await runScript(good, "validate:env", { ENV_FILE: file })
    expect(code).toBe(1)
    expect(output).toContain("SENTRY_DSN is missing")
    expect(output).toContain("TOKEN_VAULT_KEY is invalid")
    expect(output).toContain("2 errors")
    expect(output).not.toContain("short-secret")
    expect((await runScript(good, "validate:env", { ENV_FILE: "process" })).code).toBe(1)
    expect((await runScript(good, "validate:env", { ENV_FILE: "missing.env" })).code).toBe(1)
  }, 20_000)

  test("test:smoke and db:healthcheck pass on a good service and fail on a faulty, other or absent one", async () => {
    const service = await serve(good, { FAULTS: "on" })
    const env = { BASE_URL: service.url }
    expect((await runScript(good, "test:smoke", { ...env, EXPECT_VERSION: "1.1.0" })).code).toBe(0)
    expect((await runScript(good, "db:healthcheck", env)).code).toBe(0)
    const other = await runScript(good, "test:smoke", { ...env, EXPECT_VERSION: "9.9.9" })
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining("expected version 9.9.9, got 1.1.0") })
    await fetch(`${service.url}/__faults`, { method: "POST", body: JSON.stringify({ brokenOauth: true }) })
    const faulty = await runScript(good, "test:smoke", env)
    expect(faulty).toMatchObject({ code: 1, output: expect.stringContaining("8 of 9 smoke tests passed") })
    await service.stop()
    expect(await runScript(good, "test:smoke", env)).toMatchObject({
      code: 1,
      output: expect.stringContaining("ECONNREFUSED"),
    })
    expect((await runScript(good, "db:healthcheck", env)).code).toBe(1)
  }, 30_000)
})
