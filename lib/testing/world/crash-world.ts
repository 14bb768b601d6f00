import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { ReleaseState, RunKind, RunState, StepState } from "@/lib/domain/release/state"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { closeRelease } from "@/lib/server/releases/close-release"
import { expectDone } from "./releases"
import type { WorkerProcess } from "./start-worker"
import { startWorld, type World } from "./start-world"

/** A world for a file of tests in which workers come to harm: each begins with no worker and with nothing under way. */
export function crashWorld() {
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
    if (release) await closeRelease(await world.as("lead"), release, { note: "Exercise" })
    await Promise.all(workers.map((worker) => worker.stop()))
    await world.changeEnvironment((config) => normal ?? config)
  })

  return {
    world: () => world,

    async worker(): Promise<WorkerProcess> {
      const started = await world.startWorker()
      workers.push(started)
      return started
    },

    /** Answers with the id of a release whose deployment was begun. */
    async start(version: string): Promise<string> {
      release = await world.readyRelease(version)
      expectDone(await startDeploy(await world.as("devops"), release, {}))
      return release
    },

    withStrategy(change: Record<string, unknown>): Promise<void> {
      return world.changeEnvironment((config) => ({
        ...config,
        strategy: { ...config.strategy, config: { ...config.strategy.config, ...change } },
      }))
    },

    adminUrl: () => String(normal?.strategy.config.adminUrl),
    switches: async () => (await world.host.state()).switches.length,

    async untilItBuilds(id: string): Promise<void> {
      const builds = (state: ReleaseState) => stepOf(state, "deploy", "deploy-build")?.status === "running"
      await world.until(id, "it builds", builds, 60_000)
    },

    /** Every run of the release ended well, the world was changed once, and the timeline has no gap and no second story. */
    async expectWhole(id: string, switchesBefore: number): Promise<ReleaseState> {
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
    },
  }
}

export function runOf(state: ReleaseState, kind: RunKind): RunState | undefined {
  const id = state.runOrder.findLast((candidate) => state.runs[candidate]?.kind === kind)
  return id ? state.runs[id] : undefined
}

export const stepOf = (state: ReleaseState, kind: RunKind, key: string): StepState | undefined =>
  runOf(state, kind)?.steps.find((step) => step.key === key)
