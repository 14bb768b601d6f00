import { expect, test } from "vitest"
import { environment, person, run, step, Timeline, typesOf, worker } from "@/lib/domain/release/release.fixture"
import { decideStart } from "@/lib/domain/run/decide-deploy"
import { decideMaintenanceOff, decideMaintenanceOn, decideMaintenanceOverdue } from "./decide-maintenance"

function deploying(): Timeline {
  const timeline = new Timeline().ready()
  const queued = run("deploy", [step("on", "maintenance_on")])
  timeline.tell(decideStart(timeline.state, environment(), { ...queued, nowIso: timeline.now }, person("oz", "ops")))
  return timeline
}
const turnOn = (timeline: Timeline) =>
  decideMaintenanceOn(timeline.state, { message: "Soon", provider: "x", nowIso: timeline.now }, worker())

test("on once, off once; the timer is set with the one and cancelled with the other", () => {
  const timeline = deploying()
  const on = turnOn(timeline)
  const dueAt = new Date(Date.parse(timeline.now) + timeline.state.budgets.downtimeMaxMs).toISOString()
  expect(on).toMatchObject({ timers: [{ kind: "maintenance_overdue", subject: "maintenance", dueAt }] })
  timeline.tell(on)
  expect(typesOf(turnOn(timeline))).toEqual([])
  const off = decideMaintenanceOff(timeline.state, { provider: "x" }, worker())
  expect(off).toMatchObject({ cancelTimersOf: ["maintenance"] })
  timeline.tell(off)
  expect(typesOf(decideMaintenanceOff(timeline.state, { provider: "x" }, worker()))).toEqual([])
})

test("what was used of the budget before is not given a second time", () => {
  const timeline = deploying()
  timeline.tell(turnOn(timeline))
  timeline.wait(60_000).tell(decideMaintenanceOff(timeline.state, { provider: "x" }, worker()))
  const used = timeline.state.maintenance.downtimeMs
  expect(used).toBeGreaterThan(0)
  const dueAt = new Date(Date.parse(timeline.now) + timeline.state.budgets.downtimeMaxMs - used).toISOString()
  expect(turnOn(timeline)).toMatchObject({ timers: [{ dueAt }] })
})

test("people are told once that it has been on for too long, and only while it is", () => {
  const timeline = deploying()
  const overdue = () => decideMaintenanceOverdue(timeline.state, { nowIso: timeline.now }, worker())
  expect(typesOf(overdue())).toEqual([])
  timeline.tell(turnOn(timeline))
  const told = overdue()
  expect(typesOf(told)).toEqual(["maintenance.overdue"])
  timeline.tell(told)
  expect(timeline.state.maintenance.overdueAt).not.toBeNull()
  expect(typesOf(overdue())).toEqual([])
  timeline.tell(decideMaintenanceOff(timeline.state, { provider: "x" }, worker()))
  expect(timeline.state.maintenance.overdueAt).toBeNull()
  expect(typesOf(overdue())).toEqual([])
})
