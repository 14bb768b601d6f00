import { describe, expect, it } from "vitest"
import {
  environment,
  person,
  refusalOf,
  run,
  step,
  Timeline,
  typesOf,
  worker,
} from "@/lib/domain/release/release.fixture"
import { decideAbort, decideClaim, decideStart } from "./decide-deploy"
import { decidePause, decideResume } from "./decide-pause"
import { decideRunFinished } from "./decide-run-finished"

const oz = person("oz", "ops")
const started = () => {
  const timeline = new Timeline().ready()
  const asked = { ...run("deploy", [step("check", "preflight"), step("switch")]), nowIso: timeline.now }
  timeline.tell(decideStart(timeline.state, environment(), asked, oz))
  timeline.tell(decideClaim(timeline.state, { runId: "deploy", fence: 1, workerId: "w" }, worker()))
  return timeline
}

describe("pause and resume", () => {
  it("holds once, with who and why, and counts the time", () => {
    const timeline = started()
    timeline.tell(decidePause(timeline.state, { reason: " looks odd " }, oz))
    expect(timeline.state.runs.deploy).toMatchObject({ pause: { by: "Oz", reason: "looks odd" }, pausedMs: 0 })
    expect(typesOf(decidePause(timeline.state, { reason: "again" }, oz))).toEqual([])
    timeline.wait(4_000)
    timeline.tell(decideResume(timeline.state, { note: null }, oz))
    const { pause, pausedMs = 0 } = timeline.state.runs.deploy ?? {}
    expect(pause).toBeNull()
    expect(pausedMs).toBe(4_000)
    expect(typesOf(decideResume(timeline.state, { note: null }, oz))).toEqual([])
  })

  it("wants a reason, and a deployment that is under way", () => {
    expect(refusalOf(decidePause(started().state, { reason: "  " }, oz))).toMatchObject({
      code: "invalid",
      field: "reason",
    })
    expect(refusalOf(decidePause(new Timeline().ready().state, { reason: "x" }, oz)).code).toBe("conflict")
    expect(refusalOf(decidePause(started().state, { reason: "x", runId: "other" }, oz)).code).toBe("conflict")
    expect(refusalOf(decidePause(new Timeline().live().state, { reason: "x" }, oz)).code).toBe("conflict")
  })

  it("is not for what is being aborted; a paused one can be aborted, and its pause ends with it", () => {
    const aborted = started()
    aborted.tell(decideAbort(aborted.state, { reason: null }, oz))
    expect(refusalOf(decidePause(aborted.state, { reason: "x" }, oz)).code).toBe("conflict")
    const paused = started()
    paused.tell(decidePause(paused.state, { reason: "x" }, oz))
    paused.tell(decideAbort(paused.state, { reason: null }, oz))
    paused.tell(decideRunFinished(paused.state, { runId: "deploy", status: "aborted", outcome: "Stopped." }, worker()))
    expect(paused.state.runs.deploy).toMatchObject({ pause: null, status: "aborted" })
  })
})
