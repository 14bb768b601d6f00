import { afterAll, beforeAll, expect, test } from "vitest"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { Sample } from "@/lib/domain/metric/rule"
import type { ReleaseState } from "@/lib/domain/release/state"
import { prisma } from "@/lib/server/db"
import { claimRun } from "@/lib/server/runs/claim-run"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { recordGoLive } from "@/lib/testing/world/record-go-live"
import { ConsoleClock } from "../runtime/console-clock"
import { RunContext } from "../runtime/run-context"
import type { RunEnvironment } from "../steps/run-environment"
import { ThresholdReport } from "./report-thresholds"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

/** A clock that goes where the test wants it: readings of minutes are looked at in no time. */
class TestClock extends ConsoleClock {
  atMs = 0
  override nowMs(): number {
    return this.atMs
  }
}

/** A release that is live, and a worker that holds its watch. */
async function watched() {
  const id = await world.release()
  const { state, watchRunId, deployRunId } = await recordGoLive(id)
  await prisma.run.create({ data: { id: watchRunId, releaseId: id, kind: "watch", input: {} } })
  const run = await claimRun({ runId: watchRunId, workerId: "test" })
  if (!run) throw new Error("the run was not claimed")
  const clock = new TestClock()
  const context = new RunContext(run, "test", clock)
  const { config } = await prisma.environment.findUniqueOrThrow({ where: { id: world.environment.id } })
  const environment = { config: environmentConfigSchema.parse(config) } as Pick<RunEnvironment, "config">
  const switchedMs = Date.parse(state.switchedAt ?? "")
  const history: Sample[] = []
  let report = new ThresholdReport(context, environment)
  /** An evaluation every ten seconds, so many of them with this error rate. */
  const see = async (times: number, value: number, more: Partial<ReleaseState> = {}) => {
    for (let n = 0; n < times; n++) {
      clock.atMs = (history.at(-1)?.atMs ?? switchedMs) + 10_000
      history.push({ metric: "error_rate", atMs: clock.atMs, status: "good", value, count: 100 })
      await report.look({ ...(await context.state()), ...more }, history)
    }
    const events = await prisma.event.findMany({
      where: { releaseId: id, OR: [{ type: { startsWith: "threshold." } }, { type: "incident.declared" }] },
      orderBy: { seq: "asc" },
    })
    return events.map(
      ({ type, data }) =>
        `${type} ${(data as { level?: string; severity?: string }).level ?? (data as { severity?: string }).severity}`,
    )
  }
  return {
    ...{ id, deployRunId, switchedMs, see },
    /** Another worker takes over: it has what was stored and nothing else. */
    takeOver: () => {
      report = new ThresholdReport(context, environment)
    },
  }
}

test("a warning, then a critical breach with its incident, each once, and once that they are over", async () => {
  const { see, takeOver } = await watched()
  expect(await see(6, 0.07)).toEqual([])
  expect(await see(4, 0.07)).toEqual(["threshold.breached warning"])
  takeOver()
  const both = ["threshold.breached warning", "threshold.breached critical", "incident.declared critical"]
  expect(await see(9, 0.2)).toEqual(both)
  // One good reading is no end of it, and neither is one among bad ones.
  expect(await see(3, 0.01)).toEqual(both)
  expect(await see(1, 0.2)).toEqual(both)
  expect(await see(7, 0.01)).toEqual([...both, "threshold.cleared critical", "threshold.cleared warning"])
}, 60_000)

test("what was red before the switch counts once it was fine", async () => {
  const { id, deployRunId, switchedMs, see, takeOver } = await watched()
  const before = [60, 50, 40, 30, 20, 10].map((seconds) => ({
    ...{ releaseId: id, runId: deployRunId, metric: "error_rate", status: "good", value: 0.07, count: 100 },
    at: new Date(switchedMs - seconds * 1_000),
  }))
  await prisma.metricSample.createMany({ data: before })
  expect(await see(9, 0.07)).toEqual([])
  takeOver()
  expect(await see(2, 0.07)).toEqual([])
  expect(await see(1, 0.01)).toEqual([])
  expect(await see(7, 0.07)).toEqual(["threshold.breached warning"])
}, 60_000)

test("what maintenance mode explains is told to nobody", async () => {
  const { see } = await watched()
  const maintenance = { on: true, since: null, message: null, downtimeMs: 0, overdueAt: null }
  expect(await see(9, 0.9, { maintenance })).toEqual([])
}, 60_000)
