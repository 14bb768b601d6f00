import { afterEach, beforeEach, expect, test } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { createPlatformRequest } from "./platform-request"
import { retryAfterMs } from "@/lib/contracts/retry-after"

let platform: Awaited<ReturnType<typeof startAnswering>>
let answers: { status: number; headers?: Record<string, string>; drop?: boolean }[]
let asked: number
beforeEach(async () => {
  answers = []
  asked = 0
  platform = await startAnswering((req, res) => {
    asked += 1
    const { status, headers, drop } = answers.shift() ?? { status: 200 }
    if (drop) return void req.socket.destroy()
    res.writeHead(status, headers).end("{}")
  })
})
afterEach(() => platform.close())

const waits: string[] = []
const ask = (change: Record<string, unknown> = {}, signal = new AbortController().signal) =>
  createPlatformRequest({ allowPrivateNetwork: true })({
    ...{ url: platform.url("/"), timeoutMs: 2_000, signal, patienceMs: 20_000, onWait: (words) => waits.push(words) },
    ...change,
  })

test("429 is waited for as long as it asks, and said", async () => {
  answers = [{ status: 429, headers: { "retry-after": "1" } }]
  const began = performance.now()
  expect((await ask({ method: "POST" })).status).toBe(200)
  expect(performance.now() - began).toBeGreaterThan(950)
  expect(waits.at(-1)).toContain("it answered 429; tried again in 1 s")
})

test("longer than one may wait is not waited for at all", async () => {
  answers = [{ status: 429, headers: { "retry-after": "3600" } }]
  expect((await ask()).status).toBe(429)
  expect(asked).toBe(1)
})

test("what may be sent twice is, after a 5xx and after no answer", async () => {
  answers = [{ status: 503 }, { status: 0, drop: true }]
  expect((await ask()).status).toBe(200)
  expect(asked).toBe(3)
})

test("what may not be sent twice is not", async () => {
  answers = [{ status: 500 }]
  expect((await ask({ method: "POST" })).status).toBe(500)
  answers = [{ status: 0, drop: true }]
  await expect(ask({ method: "POST" })).rejects.toThrow()
  expect(asked).toBe(2)
  answers = [{ status: 500 }]
  expect((await ask({ method: "POST", repeatable: true })).status).toBe(200)
})

test("a refusal is an answer, and without patience every answer is", async () => {
  answers = [{ status: 403 }]
  expect((await ask()).status).toBe(403)
  answers = [{ status: 503 }]
  expect((await ask({ patienceMs: undefined })).status).toBe(503)
  expect(asked).toBe(2)
})

test("stopped while it waits, it ends with the reason", async () => {
  answers = [{ status: 429, headers: { "retry-after": "10" } }]
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error("enough")), 100)
  await expect(ask({}, stop.signal)).rejects.toThrow("enough")
})

test.each([
  ["0", 0],
  ["120", 120_000],
  ["Mon, 23 Nov 2026 16:00:10 GMT", 10_000],
  ["Mon, 23 Nov 2026 15:00:00 GMT", 0],
  ["soon", null],
  ["", null],
  [undefined, null],
])("Retry-After: %s", (header, wanted) => {
  const found = retryAfterMs(header, Date.parse("2026-11-23T16:00:00Z"))
  expect(found).toBe(wanted)
})
