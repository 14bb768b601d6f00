import { describe, expect, it } from "vitest"
import { environment, person, START, Timeline } from "@/lib/domain/release/release.fixture"
import { decideSchedule } from "@/lib/domain/schedule/decide-schedule"
import type { Freeze } from "@/lib/domain/window/freeze"
import type { DeploymentWindow } from "@/lib/domain/window/window"
import { gate } from "./gate"

const now = Date.parse(START)
const zone = "America/New_York"
const freeze = (start: string, end: string, more: Partial<Freeze> = {}): Freeze => ({
  id: "f",
  name: "Year end",
  reason: "Nobody is there.",
  by: "Tess",
  rule: { kind: "once", start, end, zone },
  changedAt: "2026-11-01T00:00:00.000Z",
  ...more,
})
const ask = (freezes: Freeze[], { at = now, windows = null as DeploymentWindow[] | null, timeline = ready() } = {}) =>
  gate(timeline.state, environment({ freezes, windows }), at)
const ready = () => new Timeline().ready()

function overridden(freezeIds: string[]): Timeline {
  const timeline = ready()
  timeline.append([
    { type: "override.requested", actor: person("dora"), data: { overrideId: "o", reason: "urgent", freezeIds } },
    {
      type: "override.approved",
      actor: person("tom"),
      data: { overrideId: "o", expiresAt: new Date(now + 3_600_000).toISOString() },
    },
  ])
  return timeline
}

describe("the gate in a freeze", () => {
  // Monday, 23 November 2026, 11:00 in New York.
  it("says until when, why and by whom, and when it opens after that", () => {
    const answer = ask([freeze("2026-11-23T08:00", "2026-11-24T12:00")])
    expect(answer).toMatchObject({ go: false, opensAt: "2026-11-24T17:00:00.000Z", window: { open: true } })
    expect(answer.blockers).toHaveLength(1)
    expect(answer.blockers[0]).toMatchObject({ code: "frozen", subject: "f", role: "tech_lead" })
    expect(answer.blockers[0]?.message).toMatch(
      /^Frozen until Tue,? 24 Nov,? .*12:00 \(America\/New_York\): Year end, Nobody is there \(by Tess\)\.$/,
    )
  })

  it("is half-open", () => {
    const each = [freeze("2026-11-23T11:00", "2026-11-23T12:00")]
    expect(ask(each, { at: now - 1 }).go).toBe(true)
    expect(ask(each).go).toBe(false)
    expect(ask(each, { at: now + 3_600_000 - 1 }).go).toBe(false)
    expect(ask(each, { at: now + 3_600_000 }).go).toBe(true)
  })

  it("the opening is of the windows minus the freezes", () => {
    // Frozen until Thursday evening: the window opens on Monday. The blocker of the window says so, too.
    const until = [freeze("2026-11-23T08:00", "2026-11-26T17:00")]
    expect(ask(until).opensAt).toBe("2026-11-30T14:00:00.000Z")
    const night = ask([freeze("2026-11-24T09:00", "2026-11-24T10:30")], { at: Date.parse("2026-11-24T13:00:00Z") })
    expect(night.blockers.map(({ code }) => code)).toEqual(["window_closed"])
    expect(night.blockers[0]?.message).toContain("it opens in 2 h 30 min")
    expect(night.window.opensAt).toBe("2026-11-24T14:00:00.000Z")
  })

  it("an environment's own windows take the place of the playbook's", () => {
    const windows: DeploymentWindow[] = [
      { days: ["mon"], start: "18:00", end: "20:00", zone },
      { days: ["mon"], start: "21:00", end: "22:00", zone },
    ]
    expect(ask([], { windows }).blockers.map(({ code }) => code)).toEqual(["window_closed"])
    expect(ask([], { windows }).opensAt).toBe("2026-11-23T23:00:00.000Z")
    expect(ask([], { windows, at: Date.parse("2026-11-24T02:30:00Z") }).go).toBe(true)
  })

  it("an override passes the freezes that it names, as they were", () => {
    const named = freeze("2026-11-23T08:00", "2026-11-24T12:00")
    const other = { ...named, id: "g", name: "Audit" }
    expect(ask([named], { timeline: overridden(["f"]) })).toMatchObject({ go: true, overridden: true })
    expect(ask([named], { timeline: overridden([]) }).go).toBe(false)
    const both = ask([named, other], { timeline: overridden(["f"]) })
    expect(both.blockers.map(({ subject }) => subject)).toEqual(["g"])
    const changed = { ...named, changedAt: new Date(now + 1).toISOString() }
    expect(ask([changed], { timeline: overridden(["f"]) }).go).toBe(false)
    const expired = ask([named], { timeline: overridden(["f"]), at: now + 3_600_000 })
    expect(expired.blockers.map(({ code }) => code)).toEqual(["frozen"])
  })

  it("is asked of the moment for which a go-live is set", () => {
    const timeline = ready()
    const set = (freezes: Freeze[]) =>
      decideSchedule(
        timeline.state,
        environment({ freezes }),
        {
          scheduleId: "s",
          startAt: new Date(now + 3_600_000).toISOString(),
          leads: { preflightMs: 1, maintenanceMs: 1 },
          nowIso: timeline.now,
        },
        person("dora", "devops"),
      )
    expect(set([freeze("2026-11-23T12:00", "2026-11-23T13:00")])).toMatchObject({
      ok: false,
      refusal: { code: "not_ready", detail: { blockers: [{ code: "frozen" }] } },
    })
    expect(set([freeze("2026-11-23T10:00", "2026-11-23T12:00")]).ok).toBe(true)
  })
})
