import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import {
  createSampleRepository,
  type SampleRepository,
  type SampleVersion,
} from "@/e2e/sample-service/create-repository"
import { type StartedLocalHost, startLocalHost } from "@/e2e/sample-service/start-local-host"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { runProcess } from "@/lib/server/process/run-process"
import type { StrategyCall, StrategyTarget } from "../contract"
import { createLocalHostClient } from "./host/client"
import { plan } from "./plan"
import { createTarget } from "./target"

let root: string
let repository: SampleRepository
let host: StartedLocalHost
let lines: string[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-local-"))
  repository = await createSampleRepository({ directory: join(root, "postd") })
  host = await startLocalHost({ dataDirectory: join(root, "host"), adminToken: "token" })
}, 30_000)
afterAll(async () => {
  await host.stop()
  await rm(root, { recursive: true, force: true })
})

const config = (more: object = {}) => ({
  adminUrl: host.adminUrl,
  adminToken: "token",
  buildTimeoutMs: 30_000,
  healthTimeoutMs: 3_000,
  ...more,
})

function target(more: object = {}, workDirectory = join(root, "work")): StrategyTarget {
  return createTarget(config(more), {
    workDirectory,
    repository: repository.originDirectory,
    publicUrl: host.proxyUrl,
    runProcess,
    platform: () => Promise.reject(),
    request: async (url, { signal, timeoutMs }) => {
      const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
    },
  })
}

function call(
  version: SampleVersion,
  previous: DeployedVersion | null,
  more: Partial<StrategyCall> = {},
): StrategyCall {
  return {
    deployment: {
      deploymentId: `${version}-run`,
      version: version.slice(1),
      ref: version,
      commit: repository.refs[version],
    },
    previous,
    signal: new AbortController().signal,
    log: (_stream, text) => lines.push(text),
    timeoutMs: 20_000,
    ...more,
  }
}

async function deploy(version: SampleVersion): Promise<DeployedVersion | null> {
  const it = target()
  const previous = await it.live(new AbortController().signal)
  for (const step of plan(config()).deploy) await it.execute(step.effect, call(version, previous))
  return previous
}

const switches = async () =>
  (await createLocalHostClient({ adminUrl: host.adminUrl, token: "token" }).state()).switches.map(({ to }) => to)

test("it deploys a commit and goes back to the one before", async () => {
  expect(await deploy("v1.0.0")).toBeNull()
  const previous = await deploy("v1.1.0")
  expect(previous).toMatchObject({ version: "1.0.0", commit: repository.refs["v1.0.0"] })
  expect(await (await fetch(`${host.proxyUrl}/health`)).json()).toMatchObject({ version: "1.1.0" })

  const it = target()
  const from = await it.live(new AbortController().signal)
  for (const step of plan(config()).promotePrevious) {
    await it.execute(step.effect, { ...call("v1.0.0", from), deployment: { ...call("v1.0.0", from).deployment } })
  }
  expect(await (await fetch(`${host.proxyUrl}/health`)).json()).toMatchObject({ version: "1.0.0" })
  expect(await switches()).toEqual(["v1.0.0-run", "v1.1.0-run", "v1.0.0-run"])
}, 60_000)

test("a finished step done again has no effect", async () => {
  const before = await switches()
  const it = target()
  const live = await it.live(new AbortController().signal)
  lines = []
  for (const step of plan(config()).deploy) await it.execute(step.effect, call("v1.0.0", live))
  expect(await switches()).toEqual(before)
  expect(lines.join("")).not.toContain("built postd")
  expect(await it.inspect("switch", call("v1.0.0", live))).toMatchObject({ answer: "done" })
}, 30_000)

test("an interrupted switch is told apart: not done, or done by somebody else", async () => {
  const it = target()
  const live = await it.live(new AbortController().signal)
  expect(await it.inspect("switch", call("v1.1.0", live))).toMatchObject({ answer: "untouched" })
  const other = { deploymentId: "other", version: "0.9.0", commit: null }
  expect(await it.inspect("switch", call("v1.1.0", other))).toMatchObject({ answer: "unknown" })
  await expect(it.execute("switch", call("v1.1.0", other))).rejects.toThrow(/Expected other to be live/)
})

test("each step that fails ends with a reason and leaves the live version alone", async () => {
  const before = await switches()
  const signal = new AbortController().signal
  const live = await target().live(signal)
  const fresh = join(root, "fresh")
  const unknown = { deploymentId: "x-1", version: "9.9.9", ref: "v9.9.9", commit: null }
  await expect(target({}, fresh).execute("checkout", call("v1.1.0", live, { deployment: unknown }))).rejects.toThrow(
    'The repository has no commit for "v9.9.9"',
  )
  const failing = target({ buildEnv: { BUILD_FAIL: "1" } }, fresh)
  await expect(failing.execute("build", call("v1.2.0", live))).rejects.toThrow("The build failed with exit code 1")
  const crashing = target({ start: ["node", "-e", "console.error('no port here'); process.exit(3)"] })
  const third = { ...call("v1.0.0", live).deployment, deploymentId: "x-3" }
  await expect(crashing.execute("start", call("v1.0.0", live, { deployment: third }))).rejects.toThrow(/exited/)
  await expect(crashing.execute("health", call("v1.0.0", live, { deployment: third }))).rejects.toThrow(/does not run/)
  const misnamed = { ...call("v1.0.0", live).deployment, version: "2.0.0" }
  await expect(
    target().execute("health", call("v1.0.0", live, { deployment: misnamed, timeoutMs: 600 })),
  ).rejects.toThrow("it answers as version 1.0.0, expected 2.0.0")
  expect((await readdir(join(fresh, "local", "releases"))).length).toBe(0)
  expect(await switches()).toEqual(before)
}, 30_000)

test("an aborted build ends at once and leaves nothing that looks finished", async () => {
  const stop = new AbortController()
  const it = target({ buildEnv: { BUILD_DELAY_MS: "20000" } }, join(root, "aborted"))
  const build = it.execute("build", call("v1.2.0", null, { signal: stop.signal }))
  setTimeout(() => stop.abort(new Error("stopped by a person")), 700)
  await expect(build).rejects.toThrow("stopped by a person")
  expect(await readdir(join(root, "aborted", "local", "releases"))).toEqual([])
}, 15_000)

test("a branch that moves between two steps does not change what is deployed", async () => {
  const it = target({}, join(root, "pinned"))
  const deployment = { deploymentId: "pin-1", version: "1.2.0", ref: "main", commit: null }
  const { facts } = await it.execute("checkout", call("v1.2.0", null, { deployment }))
  expect(facts).toEqual([{ label: "Commit", value: repository.refs["v1.2.0"] }])
  const again = { ...deployment, ref: "v1.0.0" }
  const second = await it.execute("checkout", call("v1.2.0", null, { deployment: again }))
  expect(second.facts).toEqual(facts)
}, 15_000)
