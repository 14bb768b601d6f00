import { setTimeout as delay } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { ReleaseState, RunKind, RunState } from "@/lib/domain/release/state"
import { prisma } from "@/lib/server/db"
import { abortDeploy } from "@/lib/server/deploy/abort-deploy"
import { pauseDeploy, resumeDeploy } from "@/lib/server/deploy/pause-deploy"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { closeRelease } from "@/lib/server/releases/close-release"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

let world: World

beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  await world.startWorker()
}, 120_000)
afterAll(() => world?.close())
afterEach(() => world.changeEnvironment((config) => withBuildEnv(config, {})))

function withBuildEnv(config: EnvironmentConfig, buildEnv: Record<string, string>): EnvironmentConfig {
  return { ...config, strategy: { ...config.strategy, config: { ...config.strategy.config, buildEnv } } }
}

function runOf(state: ReleaseState, kind: RunKind): RunState | undefined {
  const id = state.runOrder.findLast((candidate) => state.runs[candidate]?.kind === kind)
  return id ? state.runs[id] : undefined
}

const switches = async () => (await world.host.state()).switches.length

test("a release goes live: preflight, maintenance, build, switch, checks, watch, verdict", async () => {
  const before = await switches()
  const id = await world.readyRelease("1.1.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  const state = await world.until(id, "the release is watched", ({ status }) => status === "watching", 150_000)

  expect((await world.host.state()).live?.version).toBe("1.1.0")
  expect((await world.host.maintenance()).on).toBe(false)
  expect(await (await fetch(`${world.proxyUrl}/health`)).json()).toMatchObject({ version: "1.1.0" })
  expect(await switches()).toBe(before + 1)

  const deploy = runOf(state, "deploy")
  expect(deploy?.status).toBe("passed")
  expect(deploy?.steps.map(({ key, status }) => `${key} ${status}`)).toEqual(
    deploy?.steps.map(({ key }) => `${key} passed`),
  )
  expect(deploy?.steps.every(({ evidenceId }) => evidenceId !== null)).toBe(true)
  expect(state.previous).toMatchObject({ version: "1.0.0" })
  expect(state.live).toMatchObject({ version: "1.1.0", commit: world.repository.refs["v1.1.0"] })
  expect(state.maintenance.downtimeMs).toBeGreaterThan(0)
  expect(state.verification).toMatchObject({ verdict: "pass" })
  expect(Object.values(state.triggers).every(({ armed }) => armed)).toBe(true)

  const events = await world.timeline(id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  const logged = await prisma.runLog.findMany({ where: { runId: deploy?.id, stepKey: "deploy-build" } })
  expect(logged.map(({ text }) => text).join("\n")).toContain("built postd 1.1.0")
  const samples = await prisma.metricSample.findMany({ where: { releaseId: id, metric: "error_rate", status: "good" } })
  expect(samples.length).toBeGreaterThan(5)

  expectDone(await closeRelease(await world.as("lead"), id, { note: "Done" }))
  await world.until(id, "watching ended", (now) => runOf(now, "watch")?.finishedAt !== null)
  await expect
    .poll(() => prisma.run.count({ where: { releaseId: id, status: { not: "finished" } } }), { timeout: 10_000 })
    .toBe(0)
}, 240_000)

test("a build that fails leaves the earlier version live, maintenance off, and says so", async () => {
  const before = await world.host.state()
  await world.changeEnvironment((config) => withBuildEnv(config, { BUILD_FAIL: "1" }))
  const id = await world.readyRelease("1.2.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  const state = await world.until(id, "the deployment ended", (now) => runOf(now, "deploy")?.finishedAt != null, 90_000)
  expect(state.status).toBe("preparing")
  expect(runOf(state, "deploy")).toMatchObject({ status: "failed" })
  expect(runOf(state, "deploy")?.outcome).toMatch(
    /"Build it" failed: The build failed with exit code 1\. Live: 1\.1\.0 .*Maintenance mode is off\./,
  )
  expect(state.maintenance.on).toBe(false)
  const after = await world.host.state()
  expect(after.maintenance.on).toBe(false)
  expect(after.switches).toEqual(before.switches)
  const environment = await prisma.environment.findFirstOrThrow({ where: { key: "production" } })
  expect(environment.activeRunId).toBeNull()
}, 240_000)

test("an abort while it builds stops it at once, takes maintenance off and says what is live", async () => {
  const before = await world.host.state()
  await world.changeEnvironment((config) => withBuildEnv(config, { BUILD_DELAY_MS: "60000" }))
  const id = await world.readyRelease("1.2.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  await world.until(
    id,
    "it builds again",
    (now) => runOf(now, "deploy")?.steps.find(({ key }) => key === "deploy-build")?.status === "running",
    60_000,
  )
  const askedAtMs = performance.now()
  expectDone(await abortDeploy(await world.as("devops"), id, { reason: "Wrong day" }))
  const aborted = await world.until(id, "it was aborted", (now) => runOf(now, "deploy")?.finishedAt != null)
  expect(performance.now() - askedAtMs).toBeLessThan(6_000)
  expect(aborted.status).toBe("preparing")
  const run = runOf(aborted, "deploy")
  expect(run).toMatchObject({ status: "aborted" })
  expect(run?.outcome).toMatch(/Stopped by .*: Wrong day\. Live: 1\.1\.0 .*Maintenance mode is off\./)
  expect(run?.steps.find(({ key }) => key === "deploy-build")?.status).toBe("aborted")
  expect((await world.host.state()).switches).toEqual(before.switches)
  expect((await world.host.maintenance()).on).toBe(false)
}, 240_000)

test("paused in the build: what has begun ends, nothing more begins, and it goes on when it is told to", async () => {
  await world.changeEnvironment((config) => withBuildEnv(config, { BUILD_DELAY_MS: "1500", PAUSED: "yes" }))
  const before = await switches()
  const id = await world.readyRelease("1.0.0")
  const devops = await world.as("devops")
  expectDone(await startDeploy(devops, id, {}))
  const stepOf = (state: ReleaseState, key: string) => runOf(state, "deploy")?.steps.find((step) => step.key === key)
  const is = (key: string, status: string) => (state: ReleaseState) => stepOf(state, key)?.status === status
  await world.until(id, "it builds", is("deploy-build", "running"), 60_000)
  expectDone(await pauseDeploy(devops, id, { reason: "a page looks odd" }))
  await world.until(id, "it is built", is("deploy-build", "passed"), 60_000)
  await delay(3_000)
  const held = await world.until(id, "it is held", (state) => runOf(state, "deploy")?.pause != null, 1_000)
  expect(stepOf(held, "deploy-start")).toMatchObject({ status: "pending", attempt: 0 })
  expect(held.maintenance.on).toBe(true)
  expect(await switches()).toBe(before)
  expectDone(await resumeDeploy(devops, id, {}))
  const state = await world.until(id, "the release is watched", ({ status }) => status === "watching", 150_000)
  expect(await switches()).toBe(before + 1)
  expect(runOf(state, "deploy")?.pausedMs).toBeGreaterThan(3_000)
  expectDone(await closeRelease(await world.as("lead"), id, { note: "Exercise" }))
}, 240_000)
