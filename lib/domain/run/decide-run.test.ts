import { describe, expect, it } from "vitest"
import { decideFoundLive, decideSwitch } from "@/lib/domain/deployment/decide-deployment"
import { decideClose } from "@/lib/domain/release/decide-close"
import {
  environment,
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
import { decideVerdict, decideWatchStarted } from "@/lib/domain/verification/decide-verification"
import { decideAbort, decideClaim, decideStart } from "./decide-deploy"
import { decideRunFinished } from "./decide-run-finished"
import { decideStepFinished, decideStepInterrupted, decideStepStarted, decideStepWaiting } from "./decide-step"
import { decideStepConfirmed, decideStepSkipped } from "./decide-step-by-person"

const oz = person("oz", "ops")
const steps = [step("check", "preflight"), step("switch")]
const start = (timeline: Timeline, env = environment(), actor = oz) =>
  decideStart(timeline.state, env, { ...run("deploy", steps), nowIso: timeline.now }, actor)
const started = () => {
  const timeline = new Timeline().ready()
  timeline.tell(start(timeline))
  return timeline
}
const claim = (runId: string, fence = 1) => ({ runId, fence, workerId: "w" })

describe("decideStart", () => {
  it("queues the deployment with its steps", () => {
    const decision = start(new Timeline().ready())
    expect(typesOf(decision)).toEqual(["run.queued"])
    expect(decision).toMatchObject({
      runs: [{ id: "deploy", kind: "deploy", input: { runId: "deploy" }, notBefore: null }],
    })
  })

  it("is refused with the gate's blockers", () => {
    const refusal = refusalOf(start(new Timeline()))
    expect(refusal.code).toBe("not_ready")
    expect(refusal.detail?.blockers).toHaveLength(5)
    expect(refusal.message).toContain("And 4 more.")
  })

  it("a second start is refused", () => {
    const timeline = started()
    const active = { releaseId: "r", releaseName: "POSTD 1.1.0", runId: "deploy", since: START }
    const refusal = refusalOf(start(timeline, environment({ active })))
    expect(refusal).toMatchObject({ code: "not_ready" })
    expect(refusal.detail?.blockers).toMatchObject([{ code: "release_state" }, { code: "environment_busy" }])
  })

  it("may be kept from those who signed", () => {
    const policy = { distinctPeople: true, authorMaySign: false, starterMaySign: false }
    expect(refusalOf(start(new Timeline({ policy }).ready(), environment(), person("tom"))).code).toBe("forbidden")
    expect(typesOf(start(new Timeline({ policy }).ready()))).toEqual(["run.queued"])
    expect(typesOf(start(new Timeline().ready(), environment(), person("tom")))).toEqual(["run.queued"])
  })
})

describe("decideAbort and decideClaim", () => {
  it("ends at once what nobody has begun", () => {
    const timeline = started()
    expect(timeline.tell(decideAbort(timeline.state, { reason: null }, oz)).map(({ type }) => type)).toEqual([
      "run.abort_requested",
      "run.finished",
    ])
    expect(timeline.state.status).toBe("preparing")
    expect(refusalOf(decideClaim(timeline.state, claim("deploy"), worker())).code).toBe("conflict")
    expect(refusalOf(decideAbort(timeline.state, { reason: null }, oz)).code).toBe("conflict")
  })

  it("asks once what is under way", () => {
    const timeline = started()
    timeline.tell(decideClaim(timeline.state, claim("deploy"), worker()))
    timeline.tell(decideAbort(timeline.state, { reason: "wrong branch", runId: "deploy" }, oz))
    expect(timeline.state.runs.deploy?.abort).toMatchObject({ by: "Oz", reason: "wrong branch" })
    expect(typesOf(decideAbort(timeline.state, { reason: "again" }, oz))).toEqual([])
    expect(refusalOf(decideAbort(timeline.state, { reason: null, runId: "other" }, oz)).code).toBe("conflict")
  })

  it("aborts a verification, not a watch", () => {
    const timeline = new Timeline().live()
    expect(typesOf(decideAbort(timeline.state, { reason: null }, oz))).toEqual(["run.abort_requested"])
    const watch = run("watch")
    timeline.tell(
      decideRunFinished(
        timeline.state,
        { runId: "verify", status: "aborted", outcome: "Stopped.", watch },
        worker("verify"),
      ),
    )
    expect(timeline.state).toMatchObject({
      status: "verifying",
      verification: { verdict: "inconclusive", reasons: ["Stopped."] },
    })
    expect(timeline.state.runs.watch?.status).toBe("queued")
    expect(refusalOf(decideAbort(timeline.state, { reason: null }, oz)).code).toBe("conflict")
  })

  it.each(["toString", "nothing"])("knows no run %s", (runId) => {
    expect(refusalOf(decideClaim(started().state, claim(runId), worker())).code).toBe("not_found")
  })
})

describe("steps", () => {
  const ref = { runId: "deploy", stepKey: "check" }
  const begin = (timeline: Timeline) => timeline.tell(decideStepStarted(timeline.state, ref, worker()))
  const finish = (timeline: Timeline, status: "passed" | "failed" | "timed_out") =>
    decideStepFinished(timeline.state, { ...ref, status, summary: "so" }, worker())

  it("are not begun twice: not while running, not once passed", () => {
    const timeline = started()
    begin(timeline)
    expect(refusalOf(decideStepStarted(timeline.state, ref, worker())).code).toBe("conflict")
    timeline.tell(finish(timeline, "passed"))
    expect(refusalOf(decideStepStarted(timeline.state, ref, worker())).code).toBe("conflict")
    expect(typesOf(finish(timeline, "passed"))).toEqual([])
    expect(refusalOf(finish(timeline, "failed")).code).toBe("conflict")
  })

  it("are begun again after an interruption that was told", () => {
    const timeline = started()
    const lost = { ...ref, words: "The worker was lost." }
    expect(refusalOf(decideStepInterrupted(timeline.state, lost, worker())).code).toBe("conflict")
    begin(timeline)
    timeline.tell(decideStepInterrupted(timeline.state, lost, worker()))
    expect(typesOf(decideStepInterrupted(timeline.state, lost, worker()))).toEqual([])
    expect(begin(timeline)).toMatchObject([{ data: { attempt: 2 } }])
  })

  it("ask once in the same words", () => {
    const timeline = started()
    const ask = { ...ref, prompt: "Ready?", role: "devops" as const }
    timeline.tell(decideStepWaiting(timeline.state, ask, worker()))
    expect(typesOf(decideStepWaiting(timeline.state, ask, worker()))).toEqual([])
    expect(typesOf(decideStepWaiting(timeline.state, { ...ask, prompt: "Really?" }, worker()))).toEqual([
      "step.waiting",
    ])
  })

  it("are confirmed by the asked role or an admin, once", () => {
    const timeline = started()
    const word = { ...ref, note: null }
    expect(refusalOf(decideStepConfirmed(timeline.state, { ...word, roles: ["admin"] }, oz)).code).toBe("conflict")
    timeline.tell(decideStepWaiting(timeline.state, { ...ref, prompt: "Ready?", role: "devops" }, worker()))
    expect(refusalOf(decideStepConfirmed(timeline.state, { ...word, roles: ["ops"] }, oz)).code).toBe("forbidden")
    expect(typesOf(decideStepConfirmed(timeline.state, { ...word, roles: ["admin"] }, oz))).toEqual(["step.confirmed"])
    timeline.tell(decideStepConfirmed(timeline.state, { ...word, roles: ["ops", "devops"] }, oz))
    expect(typesOf(decideStepConfirmed(timeline.state, { ...word, roles: ["devops"] }, oz))).toEqual([])
  })

  it("are skipped with a reason, by those whom the playbook names, when they wait or did not work", () => {
    const timeline = started()
    const skip = { ...ref, reason: "known", roles: ["ops" as const] }
    expect(refusalOf(decideStepSkipped(timeline.state, skip, oz)).code).toBe("conflict")
    begin(timeline)
    expect(refusalOf(decideStepSkipped(timeline.state, skip, oz)).code).toBe("conflict")
    timeline.tell(finish(timeline, "failed"))
    expect(refusalOf(decideStepSkipped(timeline.state, { ...skip, reason: "" }, oz)).field).toBe("reason")
    expect(refusalOf(decideStepSkipped(timeline.state, { ...skip, skippableBy: ["devops"] }, oz)).code).toBe(
      "forbidden",
    )
    expect(refusalOf(decideStepSkipped(timeline.state, { ...skip, skippableBy: [] }, oz)).code).toBe("forbidden")
    timeline.tell(decideStepSkipped(timeline.state, { ...skip, skippableBy: ["ops"] }, oz))
    expect(timeline.state.runs.deploy?.steps[0]).toMatchObject({ status: "skipped", summary: "known" })
    expect(typesOf(decideStepSkipped(timeline.state, skip, oz))).toEqual([])
  })

  it("are not known by inherited names, nor told once the run has ended", () => {
    const timeline = started()
    expect(refusalOf(decideStepStarted(timeline.state, { ...ref, stepKey: "toString" }, worker())).code).toBe(
      "not_found",
    )
    expect(refusalOf(decideStepStarted(timeline.state, { ...ref, runId: "valueOf" }, worker())).code).toBe("not_found")
    timeline.tell(decideAbort(timeline.state, { reason: null }, oz))
    expect(refusalOf(decideStepStarted(timeline.state, ref, worker())).code).toBe("conflict")
  })
})

describe("the end of a run", () => {
  const switched = () => {
    const timeline = started()
    timeline.tell(decideFoundLive(timeline.state, { previous: v1 }, worker()))
    timeline.tell(decideSwitch(timeline.state, { from: v1, to: v2, adopted: false }, worker()))
    return timeline
  }
  const end = {
    runId: "deploy",
    outcome: "So.",
    verify: run("verify"),
    watch: run("watch"),
    doesNotUndo: ["migrations"],
  }

  it("passed: the verification is queued in the same commit", () => {
    const decision = decideRunFinished(switched().state, { ...end, status: "passed" }, worker())
    expect(typesOf(decision)).toEqual(["run.finished", "run.queued"])
    expect(decision).toMatchObject({ runs: [{ id: "verify", kind: "verify" }] })
  })

  it("failed before the switch: back to preparing, nothing follows", () => {
    const timeline = started()
    expect(timeline.tell(decideRunFinished(timeline.state, { ...end, status: "failed" }, worker()))).toHaveLength(1)
    expect(timeline.state).toMatchObject({ status: "preparing", rollback: null })
    expect(typesOf(decideRunFinished(timeline.state, { ...end, status: "failed" }, worker()))).toEqual([])
  })

  it.each(["failed", "aborted"] as const)(
    "%s past the switch: a rollback is offered and what is live is watched",
    (status) => {
      const timeline = switched()
      timeline.tell(decideRunFinished(timeline.state, { ...end, status }, worker()))
      expect(timeline.state).toMatchObject({
        status: "verifying",
        rollback: { status: "asked", triggerKey: null, to: v1, from: v2, doesNotUndo: ["migrations"] },
        runs: { watch: { status: "queued" } },
      })
    },
  )

  it("the switch arms the triggers, says which were red before, and is recorded once", () => {
    const timeline = started()
    const alreadyRed = [{ triggerKey: "errors", words: "Error rate > 5 %: 8 % before the switch." }]
    const found = decideSwitch(timeline.state, { from: v1, to: v2, adopted: false, alreadyRed }, worker())
    timeline.tell(found)
    expect(timeline.state.triggers).toMatchObject({
      errors: { armed: true, baseline: { words: alreadyRed[0]?.words } },
      database: { armed: true, baseline: null },
    })
    expect(typesOf(decideSwitch(timeline.state, { from: v2, to: v2, adopted: true }, worker()))).toEqual([])
    expect(typesOf(decideFoundLive(timeline.state, { previous: v2 }, worker()))).toEqual([])
  })
})

describe("the verdict", () => {
  const given = (verdict: "pass" | "fail" | "inconclusive", timeline = new Timeline().live()) => {
    const data = { runId: "verify", verdict, reasons: ["Because."], watch: run("watch"), doesNotUndo: [] }
    timeline.tell(decideVerdict(timeline.state, data, worker("verify")))
    return { timeline, data }
  }

  it.each([
    ["pass", "watching", "passed", null],
    ["fail", "verifying", "failed", "asked"],
    ["inconclusive", "verifying", "inconclusive", null],
  ] as const)("%s: %s, and goes on watching", (verdict, status, runStatus, rollback) => {
    const { timeline, data } = given(verdict)
    expect(timeline.state.status).toBe(status)
    expect(timeline.state.runs.verify?.status).toBe(runStatus)
    expect(timeline.state.runs.watch).toMatchObject({ kind: "watch", status: "queued" })
    expect(timeline.state.rollback?.status ?? null).toBe(rollback)
    expect(timeline.state.triggers.errors?.armed).toBe(true)
    expect(typesOf(decideVerdict(timeline.state, data, worker("verify")))).toEqual([])
  })

  it("the watch begins once, whoever resumes it", () => {
    const timeline = new Timeline().live()
    const watch = { runId: "verify", endsAt: "2026-11-23T16:25:00.000Z" }
    timeline.tell(decideWatchStarted(timeline.state, watch, worker("verify")))
    expect(typesOf(decideWatchStarted(timeline.state, { ...watch, endsAt: START }, worker("verify")))).toEqual([])
    expect(timeline.state.verification?.watchEndsAt).toBe(watch.endsAt)
    expect(refusalOf(decideWatchStarted(timeline.state, { ...watch, runId: "x" }, worker("x"))).code).toBe("conflict")
  })

  it("a release is closed when nothing is under way; without a pass it needs a note", () => {
    expect(refusalOf(decideClose(new Timeline().live().state, { note: "x" }, oz)).code).toBe("conflict")
    const { timeline } = given("inconclusive")
    expect(refusalOf(decideClose(timeline.state, { note: null }, oz)).field).toBe("note")
    timeline.tell(decideClose(timeline.state, { note: "Checked by hand." }, oz))
    expect(timeline.state).toMatchObject({ status: "closed", runs: { watch: { status: "cancelled" } } })
    expect(refusalOf(decideClose(timeline.state, { note: null }, oz)).code).toBe("conflict")
    expect(typesOf(decideClose(new Timeline().state, { note: null }, oz))).toEqual(["release.closed"])
    expect(typesOf(decideClose(given("pass").timeline.state, { note: null }, oz))).toEqual([
      "run.finished",
      "release.closed",
    ])
  })
})
