import { describe, expect, it } from "vitest"
import { decideStepFinished, decideStepStarted, decideStepWaiting } from "@/lib/domain/run/decide-step"
import { decideStepConfirmed } from "@/lib/domain/run/decide-step-by-person"
import { queueRun } from "@/lib/domain/run/queue-run"
import { eventDataSchemas } from "@/lib/domain/timeline/event-types"
import { evolve, foldEvents } from "./evolve"
import { person, run, START, step, Timeline, v1, v2, worker } from "./release.fixture"

describe("evolve", () => {
  it("begins with the creation, and only once", () => {
    const timeline = new Timeline()
    const [created] = timeline.events
    if (!created) throw new Error("no event")
    expect(() => evolve(timeline.state, created)).toThrow("created once")
    const closed = { ...created, type: "release.closed" as const, data: { note: null } }
    expect(() => evolve(null, closed)).toThrow("begins with release.created")
    expect(() => evolve(timeline.state, { ...closed, seq: 3 })).toThrow("does not follow")
    expect(foldEvents([])).toBeNull()
  })

  it("starts with everything open", () => {
    const { state } = new Timeline()
    expect(state).toMatchObject({
      id: "r",
      status: "preparing",
      createdAt: START,
      lastSeq: 1,
      live: null,
      rollback: null,
    })
    expect(state.items.checked).toMatchObject({ state: "open", revision: 0, maxAgeMs: 86_400_000, comments: [] })
    expect(state.signoffs.security).toMatchObject({ status: "pending", signatures: [] })
    expect(state.triggers.errors).toMatchObject({ armed: false, breach: null })
  })

  it("keeps the identity of what an event does not touch", () => {
    const timeline = new Timeline()
    const before = timeline.state
    const after = timeline.append([
      { type: "checklist.item_passed", actor: person("dora"), data: { itemKey: "manual", evidence: null, note: null } },
    ])
    expect(after.items.manual).not.toBe(before.items.manual)
    expect(after.items.checked).toBe(before.items.checked)
    for (const part of ["signoffs", "runs", "triggers", "window", "groups", "maintenance"] as const) {
      expect(after[part]).toBe(before[part])
    }
  })

  it("says nothing about keys that nobody planned", () => {
    const timeline = new Timeline()
    const before = timeline.state.items
    timeline.append([
      {
        type: "checklist.comment_added",
        actor: person("dora"),
        data: { itemKey: "constructor", commentId: "c", text: "?" },
      },
      { type: "run.claimed", actor: worker(), data: { runId: "toString", fence: 1, workerId: "w" } },
    ])
    expect(timeline.state.items).toBe(before)
    expect(timeline.state.runs).toEqual({})
  })
})

describe("a deployment", () => {
  it("goes deploying, verifying, watching, closed", () => {
    const timeline = new Timeline().live()
    expect(timeline.state).toMatchObject({ status: "verifying", live: v2, previous: v1, switchedAt: START })
    timeline.append([
      {
        type: "verification.verdict_given",
        actor: worker("verify"),
        data: { runId: "verify", verdict: "pass", reasons: [] },
      },
    ])
    expect(timeline.state.status).toBe("watching")
    timeline.append([{ type: "release.closed", actor: person("tess"), data: { note: "done" } }])
    expect(timeline.state).toMatchObject({ status: "closed", closed: { by: { id: "tess" }, note: "done" } })
    expect(timeline.state.triggers.errors?.armed).toBe(false)
  })

  it.each(["fail", "inconclusive"] as const)("stays verifying when the verdict is %s", (verdict) => {
    const timeline = new Timeline().live()
    const data = { runId: "verify", verdict, reasons: ["because"] }
    timeline.append([{ type: "verification.verdict_given", actor: worker("verify"), data }])
    expect(timeline.state).toMatchObject({ status: "verifying", verification: { verdict, reasons: ["because"] } })
  })

  it.each([
    ["failed", false, "preparing"],
    ["aborted", false, "preparing"],
    ["cancelled", false, "preparing"],
    ["failed", true, "verifying"],
    ["aborted", true, "verifying"],
    ["passed", true, "verifying"],
  ] as const)("%s, switched %s: %s", (status, switched, then) => {
    const timeline = new Timeline()
    timeline.append(queueRun("deploy", run("deploy"), person("tom")).events)
    expect(timeline.state.status).toBe("deploying")
    if (switched) {
      timeline.append([{ type: "deployment.switched", actor: worker(), data: { from: v1, to: v2, adopted: false } }])
    }
    timeline.append([{ type: "run.finished", actor: worker(), data: { runId: "deploy", status, outcome: "so" } }])
    expect(timeline.state.status).toBe(then)
  })

  it("keeps what was live before when the switch is found already done", () => {
    const timeline = new Timeline()
    timeline.append(queueRun("deploy", run("deploy"), person("tom")).events)
    timeline.append([
      { type: "deployment.found_live", actor: worker(), data: { previous: v1 } },
      { type: "deployment.switched", actor: worker(), data: { from: v2, to: v2, adopted: true } },
    ])
    expect(timeline.state).toMatchObject({ previous: v1, live: v2 })
  })

  it("turns live and previous around in a rollback", () => {
    const timeline = new Timeline().live().wait(1_000)
    timeline.append([
      ...queueRun("rollback", run("rollback"), person("tom")).events,
      {
        type: "rollback.decided",
        actor: person("tom"),
        data: {
          runId: "rollback",
          reason: "bad",
          triggerKey: null,
          option: "promote_previous",
          to: v1,
          doesNotUndo: [],
        },
      },
      { type: "deployment.switched", actor: worker("rollback"), data: { from: v2, to: v1, adopted: false } },
    ])
    expect(timeline.state).toMatchObject({ status: "rolling_back", live: v1, previous: v2, switchedAt: START })
    expect(timeline.state.rollback).toMatchObject({ status: "running", from: v2, to: v1, by: "Tom" })
  })

  it("sums the downtime", () => {
    const timeline = new Timeline()
    const on = {
      type: "maintenance.turned_on",
      actor: worker(),
      data: { message: "Back soon", provider: "x" },
    } as const
    const off = { type: "maintenance.turned_off", actor: worker(), data: { provider: "x" } } as const
    timeline.append([on])
    timeline.wait(60_000).append([on])
    timeline.wait(60_000).append([off])
    expect(timeline.state.maintenance).toMatchObject({ on: false, since: null, message: null, downtimeMs: 120_000 })
    timeline.wait(60_000).append([on])
    timeline.wait(5_000).append([off])
    timeline.wait(5_000).append([off])
    expect(timeline.state.maintenance.downtimeMs).toBe(125_000)
  })
})

describe("a step", () => {
  const begun = () => {
    const timeline = new Timeline()
    timeline.append(queueRun("deploy", run("deploy", [step("a"), step("b")]), person("tom")).events)
    return timeline
  }
  const ref = { runId: "deploy", stepKey: "a" }
  const stepOf = (timeline: Timeline, index = 0) => timeline.state.runs.deploy?.steps[index]

  it("keeps time worked and time waited apart", () => {
    const timeline = begun()
    timeline.tell(decideStepStarted(timeline.state, ref, worker()))
    timeline.wait(1_000).tell(decideStepWaiting(timeline.state, { ...ref, prompt: "Go on?", role: "ops" }, worker()))
    expect(stepOf(timeline)).toMatchObject({
      status: "waiting",
      prompt: "Go on?",
      waitingRole: "ops",
      workingMs: 1_000,
    })
    const word = { ...ref, note: "yes", roles: ["ops" as const] }
    timeline.wait(60_000).tell(decideStepConfirmed(timeline.state, word, person("oz", "ops")))
    expect(stepOf(timeline)).toMatchObject({ status: "running", prompt: null, confirmed: { by: "Oz", note: "yes" } })
    timeline.wait(500).tell(decideStepFinished(timeline.state, { ...ref, status: "passed", summary: "ok" }, worker()))
    expect(stepOf(timeline)).toMatchObject({
      status: "passed",
      workingMs: 1_500,
      waitingMs: 60_000,
      waitingSince: null,
      attempts: [{ n: 1, status: "passed", summary: "ok" }],
    })
  })

  it("is pending again when it was confirmed outside an attempt", () => {
    const timeline = begun()
    timeline.tell(decideStepWaiting(timeline.state, { ...ref, prompt: "Ready?", role: null }, worker()))
    timeline.wait(2_000).tell(decideStepConfirmed(timeline.state, { ...ref, note: null, roles: ["ops"] }, person("oz")))
    expect(stepOf(timeline)).toMatchObject({ status: "pending", waitingMs: 2_000, workingMs: 0 })
    timeline.tell(decideStepFinished(timeline.state, { ...ref, status: "passed", summary: "confirmed" }, worker()))
    expect(stepOf(timeline)).toMatchObject({ status: "passed", attempt: 1, waitingMs: 2_000 })
  })

  it("numbers attempts and keeps each one's end", () => {
    const timeline = begun()
    timeline.tell(decideStepStarted(timeline.state, ref, worker()))
    timeline.wait(100).tell(decideStepFinished(timeline.state, { ...ref, status: "failed", summary: "no" }, worker()))
    timeline.wait(5_000).tell(decideStepStarted(timeline.state, ref, worker()))
    timeline
      .wait(200)
      .append([
        { type: "step.interrupted", actor: worker(), data: { ...ref, attempt: 2, words: "The worker was lost." } },
      ])
    const adopted = { ...ref, status: "passed" as const, summary: "was done", adopted: true }
    timeline.wait(300).tell(decideStepFinished(timeline.state, adopted, worker()))
    expect(stepOf(timeline)).toMatchObject({
      status: "passed",
      adopted: true,
      attempt: 3,
      workingMs: 300,
      startedAt: START,
    })
    expect(stepOf(timeline)?.attempts.map(({ n, status }) => [n, status])).toEqual([
      [1, "failed"],
      [2, "interrupted"],
      [3, "passed"],
    ])
  })

  it("that is under way when its run ends is aborted; one that never began stays pending", () => {
    const timeline = begun()
    timeline.tell(decideStepStarted(timeline.state, ref, worker()))
    timeline
      .wait(700)
      .append([
        { type: "run.finished", actor: worker(), data: { runId: "deploy", status: "aborted", outcome: "stopped" } },
      ])
    expect(stepOf(timeline)).toMatchObject({ status: "aborted", workingMs: 700 })
    expect(stepOf(timeline, 1)).toMatchObject({ status: "pending", attempts: [] })
  })

  it("leaves the other steps as they are", () => {
    const timeline = begun()
    const other = stepOf(timeline, 1)
    timeline.tell(decideStepStarted(timeline.state, ref, worker()))
    expect(stepOf(timeline, 1)).toBe(other)
  })
})

describe("a run", () => {
  it("starts with the first claim and counts the others", () => {
    const timeline = new Timeline()
    timeline.append(queueRun("deploy", run("deploy"), person("tom")).events)
    const claim = (fence: number) =>
      timeline
        .wait(1_000)
        .append([{ type: "run.claimed", actor: worker(), data: { runId: "deploy", fence, workerId: `w${fence}` } }])
    claim(1)
    const { startedAt } = timeline.state.runs.deploy ?? {}
    claim(2)
    expect(timeline.state.runs.deploy).toMatchObject({ status: "running", claims: 2, startedAt })
  })

  it("of a check lets go of the item when it ends", () => {
    const timeline = new Timeline()
    const data = { itemKey: "checked", runId: "c" }
    timeline.append(queueRun("check", { ...run("c"), itemKey: "checked" }, person("dora")).events)
    timeline.append([{ type: "checklist.check_requested", actor: person("dora"), data }])
    expect(timeline.state.items.checked?.checking?.runId).toBe("c")
    timeline.append([
      { type: "run.finished", actor: worker("c"), data: { runId: "c", status: "cancelled", outcome: "" } },
    ])
    expect(timeline.state.items.checked?.checking).toBeNull()
  })
})

describe("folding", () => {
  it("all events at once is the same as one after the other, and touches no event type twice", () => {
    const timeline = new Timeline().live()
    expect(timeline.refold()).toEqual(timeline.state)
    const half = foldEvents(timeline.events.slice(0, 7))
    expect(foldEvents(timeline.events.slice(7), half)).toEqual(timeline.state)
  })

  it("is JSON: nothing is lost on the way through the database", () => {
    const { state } = new Timeline().live()
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })

  it("has a schema for every type that is described", () => {
    expect(Object.keys(eventDataSchemas).every((type) => /^[a-z]+\.[a-z_]+$/.test(type))).toBe(true)
  })
})
