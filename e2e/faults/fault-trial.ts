import { appendFile } from "node:fs/promises"
import { expect } from "vitest"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { closeRelease } from "@/lib/server/releases/close-release"
import { expectDone } from "@/lib/testing/world/releases"
import type { WorkerProcess } from "@/lib/testing/world/start-worker"
import type { World } from "@/lib/testing/world/start-world"

const END_MS = 120_000

/** One go-live with one fault in it, and what became of it. */
export interface FaultTrial {
  fault: string
  /** Where in the run it struck. */
  at: string
  /** How the release ended. */
  end: string
  /** 1: it did not come to its end. */
  lost: number
  /** How often users were switched beyond the once that was asked for, and steps that passed twice. */
  doubled: number
  /** Numbers of the timeline that are missing or come twice. */
  gaps: number
  tookMs: number
}

export interface FaultKit {
  world: World
  id: string
  /** The worker that took the run. */
  first: WorkerProcess
  startWorker(more?: Record<string, string>): Promise<WorkerProcess>
  /** Resolves as soon as the timeline has an event of which `is` says so. */
  event(is: (event: AnyTimelineEvent) => boolean): Promise<AnyTimelineEvent>
}

/**
 * Takes a release live while `strike` does its harm; `strike` resolves when what is to be mended by people (another worker,
 * the server back) is mended. Tells the report and expects that nothing was lost, and nothing done twice.
 */
export async function tryFault(
  world: World,
  { fault, at, version }: { fault: string; at: string; version: string },
  strike: (kit: FaultKit) => Promise<void>,
): Promise<FaultTrial> {
  const workers: WorkerProcess[] = []
  const startWorker = async (more: Record<string, string> = {}) => {
    const worker = await world.startWorker(more)
    workers.push(worker)
    return worker
  }
  const switches = async () => (await world.host.state()).switches.length
  const before = await switches()
  const id = await world.readyRelease(version)
  const first = await startWorker()
  const beganMs = performance.now()
  const event = async (is: (event: AnyTimelineEvent) => boolean) => {
    for (const deadline = Date.now() + END_MS; Date.now() < deadline; ) {
      const found = (await world.timeline(id)).find(is)
      if (found) return found
    }
    throw new Error("the event did not come")
  }
  try {
    const striking = strike({ world, id, first, startWorker, event })
    expectDone(await startDeploy(await world.as("devops"), id, { note: "Exercise" }))
    await striking
    const ended = await world.until(id, "it ended", hasEnded, END_MS).catch(() => world.state(id))
    const trial: FaultTrial = {
      ...{ fault, at, end: ended.status, lost: hasEnded(ended) ? 0 : 1 },
      ...{ doubled: Math.max(0, (await switches()) - before - 1) + passedTwice(await world.timeline(id)) },
      ...{ gaps: gapsIn(await world.timeline(id)), tookMs: Math.round(performance.now() - beganMs) },
    }
    await report(trial)
    expect(trial).toMatchObject({ lost: 0, doubled: 0, gaps: 0 })
    expect((await world.host.maintenance()).on).toBe(false)
    return trial
  } finally {
    await closeRelease(await world.as("lead"), id, {})
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}

/** Watched, or back to where it can be started again: an end with a name. */
function hasEnded(state: ReleaseState): boolean {
  if (state.status === "watching") return true
  const runs = Object.values(state.runs)
  return state.status === "preparing" && runs.some(({ kind, finishedAt }) => kind === "deploy" && finishedAt !== null)
}

function passedTwice(events: readonly AnyTimelineEvent[]): number {
  const passed = events.flatMap((event) =>
    event.type === "step.finished" && event.data.status === "passed"
      ? [`${event.data.runId}/${event.data.stepKey}`]
      : [],
  )
  const switched = events.filter(({ type }) => type === "deployment.switched").length
  return passed.length - new Set(passed).size + Math.max(0, switched - 1)
}

function gapsIn(events: readonly AnyTimelineEvent[]): number {
  return events.filter(({ seq }, index) => seq !== index + 1).length
}

async function report(trial: FaultTrial): Promise<void> {
  const path = process.env.FAULTS_REPORT
  if (path) await appendFile(path, `${JSON.stringify(trial)}\n`)
}
