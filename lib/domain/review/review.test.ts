import { describe, expect, it } from "vitest"
import { person, refusalOf, Timeline, typesOf } from "@/lib/domain/release/release.fixture"
import { decideCancelReview, decideMoveReview, decideScheduleReview, type ReviewPlan } from "./decide-review"

const lena = person("lena", "tech_lead")
const plan: ReviewPlan = {
  ...{ reviewId: "r1", incidentId: null, title: "Post-launch review", startAt: "2026-11-27T15:00:00.000Z" },
  ...{ durationMs: 3_600_000, people: [{ id: "tom", name: "Tom" }], place: null },
}
const PROVED = "after:review"

function live(): Timeline {
  const timeline = new Timeline().live()
  const given = { key: PROVED, title: "Schedule review", detail: "", commands: [], dueAt: null }
  timeline.append([
    { type: "followup.opened", actor: lena, data: { list: "after", followups: [{ ...given, proof: "record" }] } },
  ])
  return timeline
}
const facts = (timeline: Timeline) => ({ nowIso: timeline.now, proves: [PROVED] })

describe("a review of the release", () => {
  it("ticks what asks for it, moves with a higher number, and opens that again when it is cancelled", () => {
    const timeline = live()
    timeline.tell(decideScheduleReview(timeline.state, plan, facts(timeline), lena))
    expect(timeline.state.followups[PROVED]?.done).toMatchObject({ note: "Post-launch review is scheduled." })
    expect(timeline.state.reviews.r1).toMatchObject({ id: "r1", sequence: 0, cancelled: null })
    expect(typesOf(decideMoveReview(timeline.state, plan, facts(timeline), lena))).toEqual([])
    timeline.tell(decideMoveReview(timeline.state, { ...plan, place: "Room 1" }, facts(timeline), lena))
    expect(timeline.state.reviews.r1).toMatchObject({ sequence: 1, place: "Room 1" })
    const cancel = { reviewId: "r1", reason: "Nobody can" }
    timeline.tell(decideCancelReview(timeline.state, cancel, facts(timeline), lena))
    expect(timeline.state.reviews.r1).toMatchObject({ sequence: 2, cancelled: { by: "Lena", reason: "Nobody can" } })
    expect(timeline.state.followups[PROVED]?.done).toBeNull()
    expect(refusalOf(decideCancelReview(timeline.state, cancel, facts(timeline), lena)).code).toBe("conflict")
    expect(refusalOf(decideMoveReview(timeline.state, plan, facts(timeline), lena)).code).toBe("conflict")
    expect(timeline.refold()).toEqual(timeline.state)
  })

  it("leaves the tick where another one stands", () => {
    const timeline = live()
    timeline.tell(decideScheduleReview(timeline.state, plan, facts(timeline), lena))
    timeline.tell(decideScheduleReview(timeline.state, { ...plan, reviewId: "r2" }, facts(timeline), lena))
    expect(typesOf(decideCancelReview(timeline.state, { reviewId: "r1", reason: "x" }, facts(timeline), lena))).toEqual(
      ["review.cancelled"],
    )
  })

  it.each([
    ["yesterday", { startAt: "2026-11-22T15:00:00.000Z" }, "startAt"],
    ["now", { startAt: "2026-11-23T16:00:00.000Z" }, "startAt"],
    ["of an incident that is not here", { incidentId: "nobody" }, "incidentId"],
    ["of an incident with a name that every object has", { incidentId: "constructor" }, "incidentId"],
  ])("%s is refused by field", (_, more, field) => {
    const timeline = live()
    expect(refusalOf(decideScheduleReview(timeline.state, { ...plan, ...more }, facts(timeline), lena))).toMatchObject({
      ...{ code: "invalid", field },
    })
  })

  it("that nobody knows is neither moved nor cancelled", () => {
    const timeline = live()
    const unknown = { ...plan, reviewId: "__proto__" }
    expect(refusalOf(decideMoveReview(timeline.state, unknown, facts(timeline), lena)).code).toBe("not_found")
    const cancel = { reviewId: "r9", reason: "x" }
    expect(refusalOf(decideCancelReview(timeline.state, cancel, facts(timeline), lena)).code).toBe("not_found")
  })
})
