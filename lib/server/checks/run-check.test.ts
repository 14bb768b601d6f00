import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { stableResult } from "@/lib/checks/answer"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { tryCheck } from "@/lib/testing/conformance/try-check"
import { runCheck } from "./run-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let service: Awaited<ReturnType<typeof startAnswering>>
let source: Awaited<ReturnType<typeof makeRepository>>
beforeAll(async () => {
  service = await startAnswering((req, res) => {
    if (req.url === "/never") return
    res.end(JSON.stringify({ at: Date.now(), header: req.headers["x-key"] ?? null }))
  })
  source = await makeRepository({ "a.txt": "one" })
})
afterAll(async () => {
  await service.close()
  await source.remove()
})

test.each(["nothing", "constructor", "__proto__", "toString"])("there is no check of the kind %s", async (kind) => {
  expect(await tryCheck(kind, {})).toMatchObject({
    ...{ outcome: "errored", summary: `There is no check of the kind "${kind}"` },
  })
})

test("placeholders are filled in before the settings are looked at; what has no value is named", async () => {
  const variables = { env: { baseUrl: service.url("").replace(/\/$/, "") }, expect: 200 }
  const config = { url: "{{env.baseUrl}}/x" }
  expect((await tryCheck("http", config, { variables })).outcome).toBe("passed")
  const missing = await tryCheck("http", { url: "{{env.baseUrl}}/{{env.vars.A}}/{{run.id}}" }, { variables })
  expect(missing).toMatchObject({
    ...{ outcome: "errored", summary: "There is no value for {{env.vars.A}}, {{run.id}}" },
  })
})

test("the limit of the whole run counts, whatever the settings say", async () => {
  const config = { url: service.url("/never"), timeout: "1m" }
  const result = await tryCheck("http", config, { limits: { timeoutMs: 500 } })
  expect(result.outcome).toBe("failed")
  expect(result.tookMs).toBeLessThan(3_000)
})

test("two at once in one work folder do not meet, and leave it empty", async () => {
  const workDirectory = await mkdtemp(join(tmpdir(), "golive-runs-"))
  const order = {
    ...{
      kind: "command",
      config: { command: ["node", "-e", "require('fs').writeFileSync('mine', ''); console.log('x')"] },
    },
    ...{ variables: {}, allowPrivateNetwork: false, repository: source.directory, commit: source.first, workDirectory },
    ...{ signal: new AbortController().signal, onLog: () => {} },
  }
  const results = await Promise.all([runCheck(order), runCheck(order), runCheck(order)])
  expect(results.map(({ outcome }) => outcome)).toEqual(["passed", "passed", "passed"])
  expect(await readdir(workDirectory)).toEqual([])
  await rm(workDirectory, { recursive: true })
})

test("an unwritable work folder is a result, too", async () => {
  const result = await runCheck({
    ...{ kind: "http", config: {}, variables: {}, allowPrivateNetwork: false, repository: null, commit: null },
    ...{ workDirectory: "/dev/null/work", signal: new AbortController().signal, onLog: () => {} },
  })
  expect(result).toMatchObject({ outcome: "errored", summary: expect.stringContaining("ENOTDIR") })
})

test("a run that found the same has the same stable result, whatever it took and however it was worded", async () => {
  const config = {
    url: service.url("/"),
    expect: {
      status: 200,
      latencyBelow: "20s",
      body: { matches: '"at":\\d+' },
      json: [{ path: "$.at", exists: true }],
    },
  }
  const [first, second] = [await tryCheck("http", config), await tryCheck("http", config)]
  expect(first.outcome).toBe("passed")
  expect(stableResult(first)).toEqual(stableResult(second))
  const other = await tryCheck("http", { ...config, expect: { ...config.expect, status: 204 } })
  expect(stableResult(other)).not.toEqual(stableResult(first))
})

test("secrets that a service sends back appear nowhere", async () => {
  const secret = "key-of-the-house"
  const config = { url: service.url("/"), headers: { "X-Key": secret }, expect: { body: { contains: "nothing" } } }
  const result = await tryCheck("http", config, { secrets: [secret] })
  expect(result.outcome).toBe("failed")
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(JSON.stringify(result)).toContain("[redacted]")
})
