import { describe, expect, it } from "vitest"
import { person, refusalOf, START, Timeline, worker } from "@/lib/domain/release/release.fixture"
import {
  decideApproveOverride,
  decideRequestOverride,
  decideWithdrawOverride,
  OVERRIDE_LASTS_MS,
} from "./decide-override"

const tom = person("tom", "tech_lead")
const dora = person("dora", "devops")
const request = (timeline: Timeline, overrideId = "o", reason = "The fix cannot wait") =>
  decideRequestOverride(timeline.state, { overrideId, reason, nowIso: timeline.now }, tom)
const approve = (timeline: Timeline, overrideId = "o", actor = dora) =>
  decideApproveOverride(timeline.state, { overrideId, nowIso: timeline.now }, actor)

describe("an override of the window", () => {
  it("needs a reason and a second person, and ends after four hours", () => {
    const timeline = new Timeline({ timeScale: 0.01 })
    expect(refusalOf(request(timeline, "o", " ")).field).toBe("reason")
    timeline.tell(request(timeline))
    expect(refusalOf(request(timeline, "p")).code).toBe("conflict")
    expect(refusalOf(approve(timeline, "o", tom)).code).toBe("forbidden")
    expect(refusalOf(approve(timeline, "o", worker())).code).toBe("forbidden")
    expect(refusalOf(approve(timeline, "p")).code).toBe("stale")
    timeline.tell(approve(timeline))
    expect(timeline.state.override).toMatchObject({
      requestedBy: { id: "tom" },
      approvedBy: { id: "dora" },
      expiresAt: new Date(Date.parse(START) + OVERRIDE_LASTS_MS).toISOString(),
    })
    expect(refusalOf(approve(timeline)).code).toBe("conflict")
    expect(refusalOf(request(timeline, "p")).code).toBe("conflict")
    timeline.wait(OVERRIDE_LASTS_MS).tell(request(timeline, "p"))
    expect(timeline.state.override).toMatchObject({ id: "p", approvedBy: null })
  })

  it("can be withdrawn, approved or not", () => {
    const timeline = new Timeline()
    expect(refusalOf(approve(timeline)).code).toBe("not_found")
    timeline.tell(request(timeline))
    expect(refusalOf(decideWithdrawOverride(timeline.state, { overrideId: "p", reason: "x" }, tom)).code).toBe(
      "not_found",
    )
    timeline.tell(decideWithdrawOverride(timeline.state, { overrideId: "o", reason: "solved" }, tom))
    expect(timeline.state.override).toBeNull()
  })

  it("is only for a release that is being prepared", () => {
    const timeline = new Timeline()
    timeline.tell(request(timeline))
    timeline.live()
    expect(refusalOf(approve(timeline)).code).toBe("conflict")
    expect(refusalOf(request(timeline, "p")).code).toBe("conflict")
  })
})
