import { setTimeout as delay } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { ReleaseState, RunKind, RunState, StepState } from "@/lib/domain/release/state"
import { prisma } from "@/lib/server/db"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { closeRelease } from "@/lib/server/releases/close-release"
import { holdAnswers } from "@/lib/testing/world/hold-answers"
import { expectDone } from "@/lib/testing/world/releases"
import type { WorkerProcess } from "@/lib/testing/world/start-worker"
import { startWorld, type World } from "@/lib/testing/world/start-world"

let world: World
let workers: WorkerProcess[] = []
let normal: EnvironmentConfig | null = null
let release: string | null = null

beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  await world.changeEnvironment((config) => {
    normal = config
    return config
  })
}, 120_000)
afterAll(() => world?.close())
beforeEach(() => {
  workers = []
  release = null
})
afterEach(async () => {
  if (release) await closeRelease(await world.as("lead"), release, {})
  await Promise.all(workers.map((worker) => worker.stop()))
  await world.changeEnvironment((config) => normal ?? config)
})

async function worker(): Promise<WorkerProcess> {
  const started = await world.startWorker()
  workers.push(started)
  return started
}

async function start(version: string): Promise<string> {
  release = await world.readyRelease(version)
  expectDone(await startDeploy(await world.as("devops"), release, {}))
  return release
}

function withStrategy(change: Record<string, unknown>): Promise<void> {
  return world.changeEnvironment((config) => ({
    ...config,
    strategy: { ...config.strategy, config: { ...config.strategy.config, ...change } },
  }))
}

function runOf(state: ReleaseState, kind: RunKind): RunState | undefined {
  const id = state.runOrder.findLast((candidate) => state.runs[candidate]?.kind === kind)
  return id ? state.runs[id] : undefined
}
const stepOf = (state: ReleaseState, kind: RunKind, key: string): StepState | undefined =>
  runOf(state, kind)?.steps.find((step) => step.key === key)

/** Every run of the release ended well, the world was changed once, and the timeline has no gap and no second story. */
async function expectWhole(id: string, switchesBefore: number): Promise<ReleaseState> {
  const state = await world.until(id, "the release is watched", ({ status }) => status === "watching", 120_000)
  expect((await world.host.state()).switches.length).toBe(switchesBefore + 1)
  expect((await world.host.maintenance()).on).toBe(false)
  const events = await world.timeline(id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  const passed = events.flatMap((event) =>
    event.type === "step.finished" && event.data.status === "passed"
      ? [`${event.data.runId}/${event.data.stepKey}`]
      : [],
  )
  expect(new Set(passed).size).toBe(passed.length)
  expect(events.filter(({ type }) => type === "deployment.switched").length).toBe(1)
  return state
}

const switches = async () => (await world.host.state()).switches.length

test("killed while it builds: another worker builds again and goes on to the end", async () => {
  const before = await switches()
  await withStrategy({ buildEnv: { BUILD_DELAY_MS: "3000" } })
  const first = await worker()
  const id = await start("1.1.0")
  await world.until(id, "it builds", (state) => stepOf(state, "deploy", "deploy-build")?.status === "running", 60_000)
  await delay(500)
  first.signal("SIGKILL")
  await worker()
  const state = await expectWhole(id, before)
  const build = stepOf(state, "deploy", "deploy-build")
  expect(build?.attempts.map(({ status }) => status)).toEqual(["interrupted", "passed"])
  expect(runOf(state, "deploy")?.claims).toBeGreaterThan(1)
}, 180_000)

test("killed after the switch and before it knew: the next worker finds it done and adopts it", async () => {
  const before = await switches()
  let isHolding = true
  const adminUrl = String(normal?.strategy.config.adminUrl)
  const way = await holdAnswers(adminUrl, (req) => isHolding && req.method === "PUT" && req.url === "/live")
  try {
    await withStrategy({ adminUrl: way.url })
    const first = await worker()
    const id = await start("1.0.0")
    await expect.poll(() => way.held(), { timeout: 60_000 }).toBe(1)
    first.signal("SIGKILL")
    isHolding = false
    await worker()
    const state = await expectWhole(id, before)
    expect(stepOf(state, "deploy", "deploy-switch")).toMatchObject({ status: "passed", adopted: true })
  } finally {
    await way.close()
  }
}, 180_000)

test("killed while it watches: the watch goes on and ends when it was to end", async () => {
  const before = await switches()
  await world.changeEnvironment((config) => ({ ...config, timeScale: 0.02 }))
  const first = await worker()
  const id = await start("1.1.0")
  const watching = await world.until(id, "the watch began", (state) => state.verification?.watchEndsAt != null, 90_000)
  first.signal("SIGKILL")
  await worker()
  const state = await expectWhole(id, before)
  expect(state.verification?.watchEndsAt).toBe(watching.verification?.watchEndsAt)
  expect(state.verification?.verdict).toBe("pass")
}, 180_000)

test("told to end while it builds: it hands over at once and exits in time", async () => {
  const before = await switches()
  // Built on this machine before: only a folder of its own makes it build again.
  await withStrategy({ directory: `${world.root}/handed-over`, buildEnv: { BUILD_DELAY_MS: "3000" } })
  const first = await worker()
  const id = await start("1.0.0")
  await world.until(id, "it builds", (state) => stepOf(state, "deploy", "deploy-build")?.status === "running", 60_000)
  const second = await worker()
  const began = performance.now()
  const code = await first.stop()
  expect(code).toBe(0)
  expect(performance.now() - began).toBeLessThan(8_000)
  expect(second.pid).not.toBe(first.pid)
  const state = await expectWhole(id, before)
  expect(stepOf(state, "deploy", "deploy-build")?.attempts[0]?.summary).toMatch(/told to end/)
}, 180_000)

test("frozen past its lease and woken again: its writes are refused and it stops", async () => {
  const before = await switches()
  await withStrategy({ directory: `${world.root}/frozen`, buildEnv: { BUILD_DELAY_MS: "4000" } })
  const first = await worker()
  const id = await start("1.1.0")
  await world.until(id, "it builds", (state) => stepOf(state, "deploy", "deploy-build")?.status === "running", 60_000)
  first.signal("SIGSTOP")
  await worker()
  await world.until(id, "another worker holds it", (state) => (runOf(state, "deploy")?.claims ?? 0) > 1, 30_000)
  first.signal("SIGCONT")
  await expect.poll(() => first.output(), { timeout: 20_000 }).toContain("no longer held here")
  await expectWhole(id, before)
}, 180_000)

test("two workers, one claim", async () => {
  const before = await switches()
  await Promise.all([worker(), worker()])
  const id = await start("1.0.0")
  const state = await expectWhole(id, before)
  expect(runOf(state, "deploy")?.claims).toBe(1)
  const runs = await prisma.run.findMany({ where: { releaseId: id, kind: { in: ["deploy", "verify"] } } })
  expect(runs.map(({ fence }) => fence)).toEqual(runs.map(() => 1))
}, 180_000)
