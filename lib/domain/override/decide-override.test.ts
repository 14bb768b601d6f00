import { describe, expect, it } from "vitest"
import { environment, person, refusalOf, START, Timeline, worker } from "@/lib/domain/release/release.fixture"
import type { Freeze } from "@/lib/domain/window/freeze"
import {
  decideApproveOverride,
  decideRequestOverride,
  decideWithdrawOverride,
  OVERRIDE_LASTS_MS,
} from "./decide-override"

const tom = person("tom", "tech_lead")
const dora = person("dora", "devops")
const freeze = (id: string, start: string, end: string): Freeze => ({
  ...{ id, name: `Freeze ${id}`, reason: "Year end", by: "Tess", changedAt: "2026-11-01T00:00:00.000Z" },
  rule: { kind: "once", start, end, zone: "America/New_York" },
})
const ask = (
  timeline: Timeline,
  { overrideId = "o", reason = "The fix cannot wait", freezeIds = [] as string[], freezes = [] as Freeze[] } = {},
) =>
  decideRequestOverride(
    timeline.state,
    environment({ freezes }),
    { overrideId, reason, freezeIds, nowIso: timeline.now },
    tom,
  )
const request = (timeline: Timeline, overrideId = "o", reason = "The fix cannot wait") =>
  ask(timeline, { overrideId, reason })
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

  it("names every freeze in force, and no other", () => {
    const timeline = new Timeline()
    const freezes = [
      freeze("now", "2026-11-23T08:00", "2026-11-24T08:00"),
      freeze("later", "2026-12-23T08:00", "2026-12-24T08:00"),
    ]
    expect(refusalOf(ask(timeline, { freezes }))).toMatchObject({
      code: "stale",
      field: "freezeIds",
      detail: { freezes: [{ id: "now", name: "Freeze now" }] },
    })
    expect(refusalOf(ask(timeline, { freezes, freezeIds: ["now", "later"] }))).toMatchObject({ code: "invalid" })
    const asked = ask(timeline, { freezes, freezeIds: ["now", "now"] })
    timeline.tell(asked)
    expect(timeline.state.override?.freezeIds).toEqual(["now"])
    timeline.tell(approve(timeline))
    expect(refusalOf(ask(timeline, { freezes, freezeIds: ["now"], overrideId: "p" })).code).toBe("conflict")
    // Another freeze came: what was approved does not pass it, so one may ask anew.
    const more = [...freezes, freeze("new", "2026-11-23T08:00", "2026-11-24T08:00")]
    timeline.tell(ask(timeline, { freezes: more, freezeIds: ["now", "new"], overrideId: "p" }))
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
