import { expect, test } from "vitest"
import { person, refusalOf, run, Timeline, worker } from "@/lib/domain/release/release.fixture"
import { decideFlagEnded, decideSetFlag } from "./decide-flag"

const oz = person("oz", "ops")
const ask = (timeline: Timeline, on: boolean, runId = "flag-run", reason = "Checkout fails") =>
  decideSetFlag(timeline.state, { flagKey: "checkout", title: "New checkout", on, reason, run: run(runId) }, oz)
const end = (timeline: Timeline, problem: string | null = null, runId = "flag-run") =>
  decideFlagEnded(timeline.state, { flagKey: "checkout", runId, nowIso: timeline.now, problem }, worker(runId))

test("asked, under way, turned: with who, why and how long it took", () => {
  const timeline = new Timeline()
  timeline.tell(ask(timeline, false))
  expect(timeline.state.flags.checkout).toMatchObject({ wanted: false, on: null, runId: "flag-run", by: "Oz" })
  expect(refusalOf(ask(timeline, true, "other")).message).toBe("“New checkout” is just being turned off.")
  timeline.wait(1_500).tell(end(timeline))
  expect(timeline.state.flags.checkout).toMatchObject({ on: false, runId: null, problem: null })
  expect(timeline.state.flags.checkout?.tookMs).toBeGreaterThanOrEqual(0)
  expect(timeline.state.runs["flag-run"]).toMatchObject({ status: "passed", outcome: "“New checkout” is off" })
  timeline.tell(ask(timeline, true, "again"))
  expect(timeline.state.flags.checkout).toMatchObject({ wanted: true, on: false, runId: "again" })
})

test("what could not be done leaves it as it was known, with the reason", () => {
  const timeline = new Timeline()
  timeline.tell(ask(timeline, false))
  timeline.tell(end(timeline, "Unleash does not know this token (401)"))
  expect(timeline.state.flags.checkout).toMatchObject({
    on: null,
    runId: null,
    problem: expect.stringContaining("401"),
  })
  expect(timeline.state.runs["flag-run"]).toMatchObject({ status: "failed" })
  expect(refusalOf(end(timeline)).code).toBe("conflict")
  expect(refusalOf(ask(timeline, false, "x", "  ")).field).toBe("reason")
})
