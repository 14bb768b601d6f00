import { describe, expect, it } from "vitest"
import { decideUnlock } from "@/lib/domain/environment/decide-unlock"
import {
  type createdData,
  environment,
  errorRule,
  person,
  refusalOf,
  run,
  START,
  step,
  Timeline,
  typesOf,
  v1,
  v2,
  worker,
} from "@/lib/domain/release/release.fixture"
import { decideStart } from "@/lib/domain/run/decide-deploy"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { decideStepStarted } from "@/lib/domain/run/decide-step"
import { type Breach, decideBreach } from "./decide-breach"
import { decideCountdownOver, decideStartByHand, decideStopCountdown } from "./decide-rollback"
import { decideRollbackFailed, decideVerified } from "./decide-rollback-end"
import { rollbackTarget } from "./rollback-target"

const oz = person("oz", "ops")
const doesNotUndo = ["migrations"]

function breach(timeline: Timeline, more: Partial<Breach> = {}) {
  const rollback = run(more.rollback?.runId ?? "back")
  const seen = { triggerKey: "errors", words: "Errors at 40 %.", sinceIso: timeline.now, watchRunId: "verify" }
  const whole = { ...seen, doesNotUndo, nowIso: timeline.now, environment: environment(), ...more, rollback }
  return decideBreach(timeline.state, whole, worker("verify"))
}
const byHand = (timeline: Timeline, runId = "hand", reason = "It is broken") =>
  decideStartByHand(timeline.state, { reason, rollback: run(runId), doesNotUndo }, oz)
const counting = (more: Partial<Parameters<typeof createdData>[0]> = {}) => {
  const timeline = new Timeline(more).live().wait(60_000)
  timeline.tell(breach(timeline))
  return timeline
}

describe("a breach", () => {
  it("of an automatic trigger counts down, on a durable timer", () => {
    const timeline = new Timeline().live()
    const decision = breach(timeline)
    expect(typesOf(decision)).toEqual(["trigger.breached", "run.queued", "rollback.countdown_started"])
    expect(decision).toMatchObject({ runs: [{ id: "back", kind: "rollback", notBefore: "2026-11-23T16:00:30.000Z" }] })
    timeline.tell(decision)
    expect(timeline.state).toMatchObject({
      status: "verifying",
      rollback: {
        status: "counting",
        executesAt: "2026-11-23T16:00:30.000Z",
        from: v2,
        to: v1,
        runId: "back",
        doesNotUndo,
      },
      triggers: { errors: { armed: true, breach: { words: "Errors at 40 %.", runId: "verify" } } },
    })
  })

  it("counts down by the environment's time scale", () => {
    expect(counting({ timeScale: 0.5 }).state.rollback?.executesAt).toBe("2026-11-23T16:01:15.000Z")
  })

  it("counts down long enough to be seen and stopped, however much time is scaled", () => {
    expect(counting({ timeScale: 0.01 }).state.rollback?.executesAt).toBe("2026-11-23T16:01:05.000Z")
  })

  it("of an asking trigger asks", () => {
    const timeline = new Timeline().live()
    timeline.tell(breach(timeline, { triggerKey: "database", words: "No connections." }))
    expect(timeline.state.rollback).toMatchObject({ status: "asked", triggerKey: "database", to: v1, executesAt: null })
    // An automatic trigger does not wait for the answer.
    timeline.tell(breach(timeline))
    expect(timeline.state.rollback).toMatchObject({ status: "counting", triggerKey: "errors" })
  })

  it("is recorded once as long as it goes on", () => {
    const timeline = counting()
    const since = timeline.now
    timeline.wait(5_000)
    expect(typesOf(breach(timeline, { sinceIso: since }))).toEqual([])
  })

  it("beside a countdown or a rollback is only recorded", () => {
    const timeline = counting()
    timeline.wait(1_000)
    expect(typesOf(breach(timeline, { triggerKey: "database" }))).toEqual(["trigger.breached"])
  })

  it("never follows a rollback: no cascade", () => {
    const timeline = counting()
    timeline.wait(30_000).tell(decideCountdownOver(timeline.state, { runId: "back" }, worker("back")))
    expect(timeline.state.triggers).toMatchObject({ errors: { armed: false }, database: { armed: false } })
    expect(typesOf(breach(timeline, { rollback: run("again") }))).toEqual([])
    timeline.tell(decideRollbackFailed(timeline.state, { runId: "back", reason: "no answer" }, worker("back")))
    expect(typesOf(breach(timeline, { rollback: run("again") }))).toEqual([])
  })

  it("before the switch, and of a trigger that nobody planned", () => {
    const timeline = new Timeline().ready()
    expect(typesOf(breach(timeline))).toEqual([])
    expect(refusalOf(breach(timeline, { triggerKey: "constructor" })).code).toBe("not_found")
  })

  it("of an observe-only rule is only recorded", () => {
    const rule = { ...errorRule, observeOnly: true }
    const timeline = new Timeline({ triggers: [{ key: "errors", title: "E", mode: "auto", rule }] }).live()
    expect(typesOf(breach(timeline))).toEqual(["trigger.breached"])
  })

  it("with nothing to go back to asks, and says so", () => {
    const timeline = new Timeline().live()
    timeline.state = { ...timeline.state, previous: null }
    timeline.tell(breach(timeline))
    expect(timeline.state.rollback).toMatchObject({ status: "asked", to: null })
    expect(timeline.state.rollback?.reason).toContain("no previous version")
  })

  it("while another release holds the environment asks", () => {
    const timeline = new Timeline().live()
    const active = { releaseId: "other", releaseName: "POSTD 1.2.0", runId: "x", since: START }
    expect(typesOf(breach(timeline, { environment: environment({ active }) }))).toEqual([
      "trigger.breached",
      "rollback.asked",
    ])
  })
})

describe("stopping the countdown", () => {
  const stopped = () => {
    const timeline = counting()
    timeline.wait(10_000).tell(decideStopCountdown(timeline.state, { reason: "a load test" }, oz))
    return timeline
  }

  it("cancels the timer and keeps the triggers armed", () => {
    const { state } = stopped()
    expect(state.rollback).toMatchObject({ status: "stopped", stoppedBy: "Oz", stoppedReason: "a load test" })
    expect(state.runs.back?.status).toBe("cancelled")
    expect(state.triggers.errors?.armed).toBe(true)
    expect(state.status).toBe("verifying")
  })

  it("needs a countdown and a reason", () => {
    expect(refusalOf(decideStopCountdown(new Timeline().live().state, { reason: "x" }, oz)).code).toBe("conflict")
    expect(refusalOf(decideStopCountdown(counting().state, { reason: " " }, oz)).field).toBe("reason")
    expect(refusalOf(decideStopCountdown(stopped().state, { reason: "x" }, oz)).code).toBe("conflict")
  })

  it("the worker that comes for it finds it is no longer wanted", () => {
    expect(refusalOf(decideCountdownOver(stopped().state, { runId: "back" }, worker("back"))).code).toBe("conflict")
  })

  it("the same breach goes on in silence; a new one counts down again; one from before the stop only asks", () => {
    const timeline = stopped()
    const before = new Date(timeline.nowMs - 65_000).toISOString()
    timeline.wait(60_000)
    expect(typesOf(breach(timeline, { sinceIso: before }))).toEqual([])
    const other = breach(timeline, { triggerKey: "errors", rollback: run("again") })
    expect(typesOf(other)).toContain("rollback.countdown_started")
    const two = (key: string) => ({ key, title: key, mode: "auto" as const, rule: errorRule })
    const both = counting({ triggers: [two("errors"), two("latency")] })
    const since = both.now
    both.wait(10_000).tell(decideStopCountdown(both.state, { reason: "a load test" }, oz))
    const late = breach(both.wait(1_000), { triggerKey: "latency", sinceIso: since, rollback: run("again") })
    expect(typesOf(late)).toEqual(["trigger.breached", "rollback.asked"])
  })
})

describe("the countdown's end", () => {
  it("is the decision: the stopwatch does not wait for the worker", () => {
    const timeline = counting()
    timeline.wait(90_000).tell(decideCountdownOver(timeline.state, { runId: "back" }, worker("back")))
    expect(timeline.state).toMatchObject({
      status: "rolling_back",
      rollback: { status: "running", decidedAt: "2026-11-23T16:01:30.000Z", triggerKey: "errors", from: v2, to: v1 },
      runs: { verify: { status: "aborted" } },
    })
    expect(typesOf(decideCountdownOver(timeline.state, { runId: "back" }, worker("back")))).toEqual([])
    timeline.wait(12_345).tell(decideVerified(timeline.state, { runId: "back", nowIso: timeline.now }, worker("back")))
    expect(timeline.state).toMatchObject({ status: "rolled_back", rollback: { status: "done", stopwatchMs: 72_345 } })
    expect(timeline.state.environmentLock?.reason).toContain("Errors at 40 %.")
    expect(timeline.state.runs.back).toMatchObject({ status: "passed" })
    expect(timeline.state.runs.back?.outcome).toContain(
      "1.0.0 is live again and verified, 1 min 12 s after the decision",
    )
  })

  it("that cannot be verified fails, locks, and can be tried again by hand towards the same version", () => {
    const timeline = counting()
    timeline.tell(decideCountdownOver(timeline.state, { runId: "back" }, worker("back")))
    timeline.append([
      { type: "deployment.switched", actor: worker("back"), data: { from: v2, to: v1, adopted: false } },
    ])
    timeline.tell(decideRollbackFailed(timeline.state, { runId: "back", reason: "No answer." }, worker("back")))
    expect(timeline.state).toMatchObject({ status: "rollback_failed", rollback: { failedReason: "No answer." } })
    expect(timeline.state.environmentLock).not.toBeNull()
    expect(rollbackTarget(timeline.state)).toEqual({ possible: true, to: v1, from: v2 })
    timeline.tell(byHand(timeline))
    expect(timeline.state).toMatchObject({ status: "rolling_back", rollback: { runId: "hand", to: v1, from: v2 } })
    expect(
      refusalOf(decideVerified(timeline.state, { runId: "back", nowIso: timeline.now }, worker("back"))).code,
    ).toBe("conflict")
  })
})

describe("a rollback whose worker could not go on", () => {
  const failed = { runId: "back", status: "failed" as const, outcome: "The plan could not be read." }

  it("asks, when it was still counting down", () => {
    const timeline = counting()
    timeline.tell(decideRunFinished(timeline.state, failed, worker("back")))
    expect(timeline.state).toMatchObject({ status: "verifying", rollback: { status: "asked", to: v1, runId: null } })
    expect(timeline.state.rollback?.reason).toContain("The plan could not be read.")
  })

  it("has failed, when it was under way", () => {
    const timeline = counting()
    timeline.tell(decideCountdownOver(timeline.state, { runId: "back" }, worker("back")))
    timeline.tell(decideRunFinished(timeline.state, failed, worker("back")))
    expect(timeline.state).toMatchObject({ status: "rollback_failed", runs: { back: { status: "failed" } } })
    expect(typesOf(decideRunFinished(timeline.state, failed, worker("back")))).toEqual([])
  })
})

describe("by hand", () => {
  it("begins at once, ends what is under way and replaces a countdown", () => {
    const timeline = counting()
    const decision = byHand(timeline.wait(5_000))
    expect(typesOf(decision)).toEqual(["run.finished", "run.finished", "run.queued", "rollback.decided"])
    expect(decision).toMatchObject({ runs: [{ id: "hand", notBefore: null }] })
    timeline.tell(decision)
    expect(timeline.state).toMatchObject({
      status: "rolling_back",
      rollback: { status: "running", by: "Oz", decidedAt: timeline.now, triggerKey: "errors", executesAt: null },
      runs: { back: { status: "cancelled" }, verify: { status: "aborted" }, hand: { status: "queued" } },
    })
    expect(refusalOf(byHand(timeline, "twice")).code).toBe("conflict")
    expect(typesOf(decideCountdownOver(timeline.state, { runId: "hand" }, worker("hand")))).toEqual([])
  })

  it("is possible from the first step of the deploy phase on, whatever is known of the switch", () => {
    const timeline = new Timeline().ready()
    expect(refusalOf(byHand(timeline)).message).toContain("Nothing of this release is live")
    const deploy = { ...run("deploy", [step("check", "preflight"), step("switch")]), nowIso: timeline.now }
    timeline.tell(decideStart(timeline.state, environment(), deploy, oz))
    timeline.append([{ type: "deployment.found_live", actor: worker("deploy"), data: { previous: v1 } }])
    expect(refusalOf(byHand(timeline)).message).toContain("abort the deployment instead")
    timeline.tell(decideStepStarted(timeline.state, { runId: "deploy", stepKey: "switch" }, worker("deploy")))
    timeline.tell(byHand(timeline))
    expect(timeline.state).toMatchObject({
      status: "rolling_back",
      rollback: { to: v1, from: null },
      runs: { deploy: { status: "aborted" } },
    })
  })

  it("is not blocked by window, checklist or signature", () => {
    const timeline = new Timeline().live().wait(40 * 3_600_000)
    timeline.append([{ type: "signoff.voided", actor: oz, data: { role: "security", cause: "x" } }])
    expect(typesOf(byHand(timeline))).toContain("rollback.decided")
  })

  it("needs a reason, a known trigger, and something to go back to", () => {
    const timeline = new Timeline().live()
    expect(refusalOf(byHand(timeline, "hand", "")).field).toBe("reason")
    const odd = { reason: "x", triggerKey: "toString", rollback: run("hand"), doesNotUndo }
    expect(refusalOf(decideStartByHand(timeline.state, odd, oz)).field).toBe("triggerKey")
    expect(refusalOf(byHand(Object.assign(timeline, { state: { ...timeline.state, previous: null } }))).code).toBe(
      "conflict",
    )
  })

  it("is over once it is done or the release is closed", () => {
    const timeline = new Timeline().live()
    timeline.tell(byHand(timeline))
    timeline.tell(decideVerified(timeline.state, { runId: "hand", nowIso: timeline.now }, worker("hand")))
    expect(refusalOf(byHand(timeline, "again")).message).toContain("already rolled back")
    timeline.append([{ type: "release.closed", actor: oz, data: { note: null } }])
    expect(refusalOf(byHand(timeline, "again")).message).toContain("closed")
  })
})

describe("unlocking", () => {
  it("needs a reason, and no rollback under way", () => {
    const timeline = new Timeline().live()
    timeline.tell(byHand(timeline))
    expect(refusalOf(decideUnlock(timeline.state, { reason: "x" }, oz)).code).toBe("conflict")
    timeline.tell(decideVerified(timeline.state, { runId: "hand", nowIso: timeline.now }, worker("hand")))
    expect(refusalOf(decideUnlock(timeline.state, { reason: " " }, oz)).field).toBe("reason")
    timeline.tell(decideUnlock(timeline.state, { reason: "fixed" }, oz))
    expect(timeline.state.environmentLock).toBeNull()
  })
})
