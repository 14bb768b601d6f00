import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  environment,
  person,
  refusalOf,
  run,
  START,
  step,
  Timeline,
  typesOf,
} from "@/lib/domain/release/release.fixture"
import { decideBegin, plannedSchedule } from "./decide-begin"
import { decideSchedule, decideUnschedule } from "./decide-schedule"
import { remindersAhead, scheduleTimes } from "./schedule-times"

const MINUTE_MS = 60_000
const leads = { preflightMs: 30 * MINUTE_MS, maintenanceMs: 5 * MINUTE_MS }
const tom = person("tom", "tech_lead")
const dora = person("dora", "devops")
const later = (timeline: Timeline, ms: number) => new Date(timeline.nowMs + ms).toISOString()
const set = (timeline: Timeline, startAt: string, actor = dora, scheduleId = "plan") =>
  decideSchedule(timeline.state, environment(), { scheduleId, startAt, leads, nowIso: timeline.now }, actor)

function begin(timeline: Timeline, more: { proof?: Parameters<typeof decideBegin>[2]["proof"] } = {}) {
  const schedule = plannedSchedule(timeline.state, "plan")
  if (!schedule) throw new Error("nothing is planned")
  const deploy = run("deploy", [step("check", "preflight"), step("switch")])
  return decideBegin(
    timeline.state,
    environment(),
    { schedule, nowIso: timeline.now, deploy, proof: more.proof ?? null },
    dora,
  )
}

describe("setting a go-live", () => {
  it("puts pre-flight and maintenance before it, and wakes people before that", () => {
    const timeline = new Timeline()
    const decision = set(timeline, later(timeline, 26 * 60 * MINUTE_MS))
    timeline.tell(decision)
    expect(timeline.state.schedule).toMatchObject({
      status: "planned",
      startAt: later(timeline, 26 * 60 * MINUTE_MS),
      preflightAt: later(timeline, 26 * 60 * MINUTE_MS - 30 * MINUTE_MS),
      maintenanceAt: later(timeline, 26 * 60 * MINUTE_MS - 5 * MINUTE_MS),
      by: { id: "dora" },
    })
    expect(decision.ok && decision.timers?.map(({ kind, data }) => [kind, data.mark])).toEqual([
      ["schedule_reminder", "24 hours"],
      ["schedule_reminder", "1 hour"],
      ["schedule_reminder", "30 minutes"],
      ["schedule_begin", undefined],
    ])
  })

  it("what would lie in the past begins now, and is not told any more", () => {
    const timeline = new Timeline()
    const decision = set(timeline, later(timeline, 10 * MINUTE_MS))
    timeline.tell(decision)
    expect(timeline.state.schedule).toMatchObject({
      preflightAt: timeline.now,
      maintenanceAt: later(timeline, 5 * MINUTE_MS),
    })
    expect(decision.ok && decision.timers?.map(({ kind }) => kind)).toEqual(["schedule_begin"])
  })

  it("needs a window that is open at that time, not now", () => {
    const timeline = new Timeline()
    // Monday 11:00 in New York; the window closes at 17:00.
    expect(refusalOf(set(timeline, later(timeline, 7 * 60 * MINUTE_MS)))).toMatchObject({
      code: "not_ready",
      field: "startAt",
      detail: { blockers: [{ code: "window_closed" }] },
    })
    timeline.wait(9 * 60 * MINUTE_MS)
    expect(typesOf(set(timeline, "2026-11-24T15:00:00.000Z"))).toEqual(["schedule.set"])
  })

  it.each([
    ["the past", -1],
    ["this very moment", 0],
    ["more than a year", 400 * 24 * 60 * MINUTE_MS],
  ])("refuses %s", (_, ms) => {
    const timeline = new Timeline()
    expect(refusalOf(set(timeline, later(timeline, ms)))).toMatchObject({ code: "invalid", field: "startAt" })
  })

  it("is not for those who signed where the policy says so, and not for programs", () => {
    const timeline = new Timeline({
      policy: { distinctPeople: true, authorMaySign: true, starterMaySign: false },
    }).ready()
    const at = later(timeline, 60 * MINUTE_MS)
    expect(refusalOf(set(timeline, at, tom)).code).toBe("forbidden")
    expect(refusalOf(set(timeline, at, { type: "console", reason: "x" })).code).toBe("forbidden")
    expect(typesOf(set(timeline, at))).toEqual(["schedule.set"])
  })

  it("a second plan takes the place of the first, timers included; a cancelled one leaves nothing", () => {
    const timeline = new Timeline()
    timeline.tell(set(timeline, later(timeline, 60 * MINUTE_MS), dora, "first"))
    const second = set(timeline, later(timeline, 90 * MINUTE_MS))
    expect(second).toMatchObject({ cancelTimersOf: ["first"] })
    timeline.tell(second)
    expect(refusalOf(decideUnschedule(timeline.state, { reason: " " }, dora)).field).toBe("reason")
    const cancelled = decideUnschedule(timeline.state, { reason: "not today" }, dora)
    expect(cancelled).toMatchObject({ cancelTimersOf: ["plan"] })
    timeline.tell(cancelled)
    expect(timeline.state.schedule).toBeNull()
    expect(refusalOf(decideUnschedule(timeline.state, { reason: "again" }, dora)).code).toBe("conflict")
  })
})

describe("when pre-flight is due", () => {
  it("the deployment is queued in the name of whoever planned it", () => {
    const timeline = new Timeline().ready()
    timeline.tell(set(timeline, later(timeline, 60 * MINUTE_MS)))
    timeline.wait(30 * MINUTE_MS)
    const decision = begin(timeline)
    expect(typesOf(decision)).toEqual(["schedule.begun", "run.queued"])
    timeline.tell(decision)
    expect(timeline.state).toMatchObject({ status: "deploying", schedule: { status: "begun" } })
    expect(timeline.state.runs.deploy?.by).toBe("Dora")
    expect(refusalOf(decideUnschedule(timeline.state, { reason: "stop" }, dora)).message).toContain("abort")
  })

  it("the window is asked for the time of the deployment, so pre-flight may begin before it opens", () => {
    const timeline = new Timeline().ready()
    timeline.nowMs = Date.parse("2026-11-24T13:00:00.000Z")
    timeline.tell(set(timeline, "2026-11-24T14:00:00.000Z"))
    timeline.nowMs = Date.parse("2026-11-24T13:30:00.000Z")
    expect(typesOf(begin(timeline))).toEqual(["schedule.begun", "run.queued"])
  })

  it("a shut gate is said once and asked again, until the deployment itself would be due", () => {
    const timeline = new Timeline()
    timeline.tell(set(timeline, later(timeline, 40 * MINUTE_MS)))
    timeline.wait(10 * MINUTE_MS)
    const held = begin(timeline)
    expect(held).toMatchObject({ timers: [{ kind: "schedule_begin", dueAt: later(timeline, MINUTE_MS) }] })
    timeline.tell(held)
    expect(timeline.state.schedule?.held?.blockers.join(" ")).toContain("has not signed")
    timeline.wait(MINUTE_MS)
    expect(typesOf(begin(timeline))).toEqual([])
    timeline.ready()
    expect(typesOf(begin(timeline))).toEqual(["schedule.begun", "run.queued"])
  })

  it("still shut when the deployment is due: it expires with what was in the way", () => {
    const timeline = new Timeline()
    timeline.tell(set(timeline, later(timeline, 40 * MINUTE_MS)))
    timeline.wait(40 * MINUTE_MS).tell(begin(timeline))
    expect(timeline.state).toMatchObject({ status: "preparing", schedule: { status: "expired" } })
    expect(timeline.state.schedule?.reason).toContain("has not signed")
    expect(plannedSchedule(timeline.state, "plan")).toBeNull()
  })

  it("too late, though the gate is open: nobody is surprised by a go-live at another time", () => {
    const timeline = new Timeline().ready()
    timeline.tell(set(timeline, later(timeline, 40 * MINUTE_MS)))
    timeline.wait(41 * MINUTE_MS)
    expect(typesOf(begin(timeline))).toEqual(["schedule.expired"])
  })

  it("only stale proof in the way: it is renewed, and asked again soon", () => {
    const timeline = new Timeline().ready()
    timeline.append([
      {
        type: "checklist.item_passed",
        actor: dora,
        data: {
          itemKey: "checked",
          note: null,
          evidence: {
            ...{ id: "x", kind: "check", summary: "fine", sha256: "a", resultHash: "b", by: "a check" },
            ...{ at: timeline.now, validUntil: later(timeline, 5 * MINUTE_MS) },
          },
        },
      },
    ])
    timeline.append([timeline.signed("tech_lead", "tom"), timeline.signed("security", "sara")])
    timeline.tell(set(timeline, later(timeline, 40 * MINUTE_MS)))
    timeline.wait(10 * MINUTE_MS)
    const proof = { proofId: "p", checks: [{ itemKey: "checked", runId: "c", input: {} }] }
    const decision = begin(timeline, { proof })
    expect(typesOf(decision)).toContain("checklist.check_requested")
    expect(decision).toMatchObject({ timers: [{ dueAt: later(timeline, 10_000) }] })
  })
})

describe("times", () => {
  it("are in order and never in the past, whatever the leads", () => {
    const lead = fc.integer({ min: 0, max: 90 * MINUTE_MS })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 10 }), lead, lead, (inMs, a, b) => {
        const nowMs = Date.parse(START)
        const startAt = new Date(nowMs + inMs).toISOString()
        const given = { preflightMs: Math.max(a, b), maintenanceMs: Math.min(a, b) }
        const times = scheduleTimes(startAt, given, nowMs)
        const order = [START, times.preflightAt, times.maintenanceAt, times.startAt]
        expect(order.toSorted()).toEqual(order)
        for (const { at } of remindersAhead(startAt, 1, nowMs)) expect(Date.parse(at)).toBeGreaterThan(nowMs)
      }),
    )
  })
})
