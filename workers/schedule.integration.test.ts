import { afterAll, beforeAll, expect, test } from "vitest"
import { databaseNow } from "@/lib/server/clock"
import { setSchedule } from "@/lib/server/schedule/set-schedule"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

let world: World
beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
}, 120_000)
afterAll(() => world?.close())

test("a go-live that was set begins by itself, keeps its phases' times, and does so though the worker is killed twice", async () => {
  const before = (await world.host.state()).switches.length
  const id = await world.readyRelease("1.1.0")
  const startAt = new Date((await databaseNow()).getTime() + 26_000).toISOString()
  const set = expectDone(await setSchedule(await world.as("ops"), id, { startAt })).release.schedule
  // Nobody is there when it was set; somebody comes in time.
  const first = await world.startWorker()
  await world.until(id, "pre-flight has passed", (state) => isOver(state, "preflight"), 40_000)
  const early = await world.state(id)
  expect(early.maintenance.on).toBe(false)
  first.signal("SIGKILL")
  await first.exited
  const second = await world.startWorker()
  const on = await world.until(id, "maintenance is on", ({ maintenance }) => maintenance.on, 40_000)
  expect(on.switchedAt).toBeNull()
  second.signal("SIGKILL")
  await second.exited
  await world.startWorker()
  const state = await world.until(id, "it is live", ({ status }) => status === "verifying", 90_000)

  const deploy = Object.values(state.runs).find(({ kind }) => kind === "deploy")
  const begun = (phase: string) =>
    Math.min(
      ...(deploy?.steps ?? []).filter((step) => step.phase === phase).map((step) => Date.parse(step.startedAt ?? "")),
    )
  expect(begun("preflight")).toBeGreaterThanOrEqual(Date.parse(set?.preflightAt ?? ""))
  expect(begun("maintenance_on")).toBeGreaterThanOrEqual(Date.parse(set?.maintenanceAt ?? ""))
  expect(begun("deploy")).toBeGreaterThanOrEqual(Date.parse(startAt))
  expect((await world.host.state()).switches.length).toBe(before + 1)
  expect(Object.values(state.runs).filter(({ kind }) => kind === "deploy")).toHaveLength(1)
  const events = await world.timeline(id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  expect(events.filter(({ type }) => type === "schedule.begun")).toHaveLength(1)
}, 240_000)

function isOver(state: Awaited<ReturnType<World["state"]>>, phase: string): boolean {
  const deploy = Object.values(state.runs).find(({ kind }) => kind === "deploy")
  const steps = deploy?.steps.filter((step) => step.phase === phase) ?? []
  return steps.length > 0 && steps.every(({ status }) => status === "passed")
}
